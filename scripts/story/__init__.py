"""The demo's story: one expense report, asked for, rejected, asked for again, approved."""
