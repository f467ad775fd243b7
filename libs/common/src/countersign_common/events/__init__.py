"""Events between services: the CloudEvents envelope and the event contracts."""
