"""What is generated out of the ontology: its page, its class diagram and its JSON-LD context."""
