"""Drafts: the next version of a situation, while only its writers know of it."""
