"""Long texts in compressed form, in which they are stored and sent."""

import zlib

COMPRESSION_THRESHOLD = 512
"""Longer texts (in bytes) are compressed: DynamoDB bills writes by kilobyte."""

TEXT_LIMIT = 1024 * 1024
"""Largest text that is decompressed, in bytes: more than twice what an item can hold."""

# 100 KB of ordinary JSON take 0.34 ms and become 15.8 KB; the default, level 6, takes 0.90 ms for 12.5 KB.
_LEVEL = 2


def pack_text(text: str) -> str | bytes:
    """Return a text in its stored form: compressed if it is long and compression makes it smaller."""
    if len(text) <= COMPRESSION_THRESHOLD // 4:
        return text
    raw = text.encode()
    if len(raw) <= COMPRESSION_THRESHOLD:
        return text
    packed = zlib.compress(raw, _LEVEL)
    return packed if len(packed) < len(raw) else text


def unpack_text(stored: str | bytes) -> str:
    """Return the text of a stored form, byte for byte.

    Raises:
        ValueError: The bytes are not one complete zlib stream of UTF-8 text, or have more than 1 MB decompressed.
    """
    if isinstance(stored, str):
        return stored
    decompressor = zlib.decompressobj()
    try:
        raw = decompressor.decompress(stored, TEXT_LIMIT)
    except zlib.error as error:
        raise ValueError(f"not a compressed text: {error}") from error
    if decompressor.unconsumed_tail:
        raise ValueError(f"the text has more than {TEXT_LIMIT} bytes")
    if not decompressor.eof or decompressor.unused_data:
        raise ValueError("it is not one complete zlib stream")
    return raw.decode()
