"""What a workflow is and what may happen to it. Standard library only, no I/O."""
