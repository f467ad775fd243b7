"""Build the services' zips: pure Python, pinned by the lock, the same bytes everywhere."""
