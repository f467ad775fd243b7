"""The workflow service: approval workflows, their schemes, and the events that explain each change."""
