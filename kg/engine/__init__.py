"""Corpora of any size on one machine: a store of what articles yield, processes that fill it, files made out of it."""
