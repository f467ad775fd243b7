"""What `make check` and `make test` run: commands in lanes, their output, and the sum of it."""
