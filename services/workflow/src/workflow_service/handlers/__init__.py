"""The Lambda functions: one file per function, and one file of routes per resource of the API."""

from countersign_common.lazy import start_init_phase

start_init_phase()
