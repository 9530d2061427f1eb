"""What a person is needed for, and telling the operator once."""
