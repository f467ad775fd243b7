"""The embedded cloud: all of Countersign on one machine, without Docker and without an AWS account."""
