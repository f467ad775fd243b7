"""What this service does for somebody: one file each, plain functions that take ports."""
