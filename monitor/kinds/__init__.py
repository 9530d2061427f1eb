"""Kinds: the schema of a situation's document, with the annotations a comparison needs."""
