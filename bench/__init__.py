"""CPU time of the functions compared with bare botocore that makes the same calls: `make bench`.

The result is a ratio, because machines differ and are shared. The baseline's calls are recorded from the real function,
so both send the same operations with the same sizes.
"""
