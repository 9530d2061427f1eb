"""From a place that a person names to a source: proposed, looked at, written down, taken in."""
