"""Which part of a source's documents is which entity of a kind."""
