"""Settings from the environment, and adapters wired to use cases: one file per function.

A function imports its own file only, so that its cold start loads no more than it needs.
"""
