"""What programs ask and hand in, at /api/v1: JSON, described by its OpenAPI."""
