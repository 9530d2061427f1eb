"""The ways that subscriptions name: their messages, what they fail at, and when they are ended."""
