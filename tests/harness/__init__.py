"""What the suites across services share: the deployed cloud, users, and access to stores and functions."""
