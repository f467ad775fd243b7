"""Events between services: the CloudEvents envelope and the two event contracts."""
