"""What `monitor diff` prints, one module per format."""
