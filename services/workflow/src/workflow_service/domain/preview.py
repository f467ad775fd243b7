"""The preview of a workflow's data: what a list shows of it."""

import json
from dataclasses import dataclass
from itertools import islice

PREVIEW_FIELDS = 3
"""Most fields of a preview."""

PREVIEW_TEXT_LIMIT = 80
"""Most characters of a name or a value."""


@dataclass(frozen=True)
class PreviewField:
    """A field of the data, as text."""

    name: str
    value: str


def preview_of(data: str) -> tuple[PreviewField, ...]:
    """Return the first top-level fields of the data whose value is neither an object nor an array.

    Args:
        data: Canonical JSON text of an object, in which the fields are in the order of their names.
    """
    # Numbers are kept as text, which is canonical already.
    members = json.loads(data, parse_int=str, parse_float=str).items()
    scalars = ((name, value) for name, value in members if not isinstance(value, dict | list))
    return tuple(
        PreviewField(_cut(name), _cut(value if isinstance(value, str) else json.dumps(value)))
        for name, value in islice(scalars, PREVIEW_FIELDS)
    )


def _cut(text: str) -> str:
    return text[:PREVIEW_TEXT_LIMIT]
