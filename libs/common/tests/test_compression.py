"""Long texts in compressed form."""

import random
import string
import zlib

import pytest
from countersign_common.compression import COMPRESSION_THRESHOLD, TEXT_LIMIT, pack_text, unpack_text
from hypothesis import given
from hypothesis import strategies as st

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=50)


@given(texts, st.integers(1, 200))
def test_packed_text_is_unpacked_byte_for_byte(text, repetitions):
    repeated = text * repetitions
    assert unpack_text(pack_text(repeated)).encode() == repeated.encode()


@pytest.mark.parametrize(
    ("text", "is_compressed"),
    [
        ("", False),
        ("x" * COMPRESSION_THRESHOLD, False),
        ("x" * (COMPRESSION_THRESHOLD + 1), True),
        ("é" * (COMPRESSION_THRESHOLD // 2), False),
        ("é" * (COMPRESSION_THRESHOLD // 2 + 1), True),
        ("🚄" * (COMPRESSION_THRESHOLD // 4), False),
        ("🚄" * (COMPRESSION_THRESHOLD // 4 + 1), True),
    ],
)
def test_text_longer_than_the_threshold_is_compressed(text, is_compressed):
    packed = pack_text(text)
    assert isinstance(packed, bytes) is is_compressed
    assert len(packed) <= len(text.encode())
    assert unpack_text(packed) == text


def test_text_that_does_not_get_smaller_is_stored_as_it_is(monkeypatch):
    monkeypatch.setattr("countersign_common.compression.zlib.compress", lambda raw, level: raw + b"!")
    text = "".join(random.Random(1).choices(string.printable, k=2_000))
    assert pack_text(text) == text


WHOLE = zlib.compress(b"x" * 2_000)


@pytest.mark.parametrize(
    "stored",
    [b"", b"not compressed", WHOLE[:-12], WHOLE[:-1], WHOLE + b"x", WHOLE + WHOLE, zlib.compress(b"\xff")],
    ids=["empty", "not compressed", "half", "without the last byte", "more", "twice", "not UTF-8"],
)
def test_bytes_that_are_not_one_packed_text_are_rejected(stored):
    with pytest.raises(ValueError, match=r"not a compressed text|not one complete|utf-8"):
        unpack_text(stored)


def test_a_changed_byte_is_found():
    with pytest.raises(ValueError, match="not a compressed text"):
        unpack_text(WHOLE[:-1] + bytes([WHOLE[-1] ^ 1]))


def test_more_text_than_the_limit_is_rejected_before_it_is_decompressed():
    assert unpack_text(zlib.compress(b"x" * TEXT_LIMIT)) == "x" * TEXT_LIMIT
    bomb = zlib.compress(b"x" * 100_000_000)
    assert len(bomb) < 262_144
    for stored in (bomb, zlib.compress(b"x" * (TEXT_LIMIT + 1))):
        with pytest.raises(ValueError, match="more than 1048576 bytes"):
            unpack_text(stored)
