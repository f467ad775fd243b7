"""What the service does: one class per use case."""
