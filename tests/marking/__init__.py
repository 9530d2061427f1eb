"""How well articles are marked, measured on texts with what a reader has marked in them."""
