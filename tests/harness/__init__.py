"""What the suites across services stand on: the shared cloud, people, a waiter, eyes into stores and functions."""
