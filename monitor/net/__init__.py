"""Addresses on the web and connections to them: checked where they lead before anything is sent."""
