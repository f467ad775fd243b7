"""What all Countersign services share, and nothing of any one of them."""
