"""The only code that knows AWS."""
