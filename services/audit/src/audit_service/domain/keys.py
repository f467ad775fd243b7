"""Ids as keys of tables. An id from a damaged record or manifest can be any text, and not every text can be a key."""

MAX_KEY_BYTES = 2_048
"""The longest partition key (DynamoDB quota)."""

MAX_ENTRY_BYTES = 1_024
"""The longest sort key, and less than a partition key with a prefix can have."""


def is_key(text: str, limit: int = MAX_KEY_BYTES) -> bool:
    """Return whether a text can be a key: the store rejects a whole request with one that can't be.

    Args:
        text: The text.
        limit: Most bytes of the key.
    """
    try:
        return 0 < len(text.encode()) <= limit
    except UnicodeEncodeError:  # a lone surrogate
        return False
