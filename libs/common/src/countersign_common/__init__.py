"""Shared code of the Countersign services. It imports no service."""
