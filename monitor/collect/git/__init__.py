"""Versions from a git repository: every commit that touches a path is one."""
