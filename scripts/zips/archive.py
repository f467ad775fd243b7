"""A zip whose bytes depend on nothing but its entries' names and contents."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

# The first moment that a zip's time field can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)
# A regular file, readable by all and written by its owner; what Lambda's unpacking needs.
MODE = 0o100644
_CREATED_ON_UNIX = 3


def zip_bytes(entries: Mapping[str, bytes]) -> bytes:
    """The archive of `entries` (path inside the zip → contents).

    Names are sorted, times and modes fixed, so neither the folder, the clock, the umask nor the order in which a
    file system lists files changes a byte. Deflate's output is the zlib's that this Python is linked to.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, date_time=EPOCH)
            info.create_system = _CREATED_ON_UNIX
            info.external_attr = MODE << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, entries[name], compresslevel=9)
    return buffer.getvalue()
