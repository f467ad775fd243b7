"""What this service is about, in values: standard library only, no I/O."""
