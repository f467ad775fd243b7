"""What Countersign costs, as ratios against bare botocore making the same calls in the same run: `make bench`.

Ratios of CPU time, not seconds: machines differ and are shared. The floor's calls are recorded from the real
function, so that both send the same operations with the same sizes.
"""
