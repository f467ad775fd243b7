"""Verifies Countersign audit records offline: no AWS, no account, and no code of the system that wrote them."""
