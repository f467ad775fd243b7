"""What makes the audit trail verifiable: canonical JSON, commitments, and the hash chain."""
