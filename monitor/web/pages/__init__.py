"""The pages, one family a file."""
