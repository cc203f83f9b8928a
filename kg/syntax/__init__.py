"""Texts to words, their heads, forms and entities, with the weights of the language model."""
