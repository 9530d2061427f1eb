"""Pages per second, over a situation of many versions and entities."""
