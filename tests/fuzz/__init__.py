"""Pairs of documents made at random, through the same code as `monitor diff`: `make fuzz`."""
