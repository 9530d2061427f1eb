"""The service: ticks, the thread that talks to the store, delivery, and an orderly end."""
