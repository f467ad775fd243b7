"""The commands of `make check` and `make test`."""
