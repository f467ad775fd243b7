"""Verify Countersign audit records offline, without AWS and without code of the system that wrote them."""
