"""Versions from an address: asked seldom and politely, and never led where nobody has looked."""
