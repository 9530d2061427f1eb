"""From what was found to letters in the outbox: alerts, digests, welcomes."""
