"""The transparency log: an RFC 6962 Merkle tree over what the audit trail records."""
