"""Frozen values that the stages hand to each other; they import nothing of ours but errors."""
