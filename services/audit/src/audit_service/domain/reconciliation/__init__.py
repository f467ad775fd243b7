"""The rules of reconciliation: pure functions of facts that the use cases read and act on."""
