"""Builds into triple stores: only the graphs that changed, over the Graph Store Protocol or SPARQL Update."""
