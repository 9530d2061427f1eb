"""What lies between two versions of one situation, under its kind and rules."""
