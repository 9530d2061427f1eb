"""Writing the next version: what an article says is found here, what it means is for a person."""
