"""The channel that is a program of somebody's: a signed POST, as Standard Webhooks has it."""
