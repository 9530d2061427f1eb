"""The small web part: unsubscribing."""
