"""What comes in and what goes out. Names are snake_case in Python and camelCase in JSON."""
