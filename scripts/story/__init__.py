"""The demo's story: one expense report, requested, rejected, requested again, approved."""
