"""The rules of reconciliation: they decide from facts; the use cases read those, and do what follows."""
