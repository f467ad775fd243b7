"""Lambda functions: parse, call a use case, respond."""
