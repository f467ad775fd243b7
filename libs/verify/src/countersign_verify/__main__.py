"""`python -m countersign_verify`."""

from countersign_verify.cli import app

app()
