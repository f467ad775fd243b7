"""Names, settings and mapping of the search indices.

An index is named `audit-trail-v<generation>-<build>-<yyyy.MM>` and is behind three aliases:

- `audit-trail`: what is searched, all generations.
- `audit-trail-v<generation>`: all indices of one generation, for mapping and settings updates.
- `audit-trail-v<generation>-write-<yyyy.MM>`: where records of a month are written. Of the indices behind it, exactly
  one is the write index. A rebuild moves that to a new build.

The index template has the generation's name.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

SCHEMA_GENERATION = 1
"""Increase it for a change that existing indices can't take (a field's type), then rebuild with `replace`."""

MAPPING_VERSION = 1
"""Increase it for every change of `MAPPING` or of the template: existing indices get the mapping update."""

READ_ALIAS = "audit-trail"
GENERATION = f"{READ_ALIAS}-v{SCHEMA_GENERATION}"

FIRST_BUILD = 0
"""The build of an index that is created for the first record of a month."""

_KEYWORD = {"type": "keyword"}

MAPPING: dict[str, Any] = {
    # An undeclared field is an error in the code that makes the documents.
    "dynamic": "strict",
    "properties": {
        "datasetId": _KEYWORD,
        "target": _KEYWORD,
        "workflowId": _KEYWORD,
        "scheme": _KEYWORD,
        "stepId": _KEYWORD,
        "actionType": _KEYWORD,
        "actionOwner": _KEYWORD,
        "outcome": _KEYWORD,
        "occurredAt": {"type": "date"},
        "participants": _KEYWORD,
        "text": {"type": "text"},
    },
}

NEWEST_FIRST = [{"occurredAt": "desc"}, {"datasetId": "desc"}]
"""The order of every search. It must equal the index sort, or a search reads all matches instead of one page."""


def template(replicas: int) -> dict[str, Any]:
    """Return the index template.

    Args:
        replicas: Copies of each shard in addition to the primary.
    """
    return {
        "index_patterns": [f"{GENERATION}-*"],
        "version": MAPPING_VERSION,
        "template": {
            "aliases": {READ_ALIAS: {}, GENERATION: {}},
            "settings": {
                "index": {
                    "number_of_shards": 1,
                    "number_of_replicas": replicas,
                    "sort.field": [field for clause in NEWEST_FIRST for field in clause],
                    "sort.order": [order for clause in NEWEST_FIRST for order in clause.values()],
                }
            },
            "mappings": MAPPING,
        },
    }


def month_of(at: datetime) -> str:
    """Return the month of a UTC instant as it is in names: `2026.01`."""
    return f"{at.year:04}.{at.month:02}"


def write_alias(month: str) -> str:
    """Return the alias that records of a month are written to."""
    return f"{GENERATION}-write-{month}"


@dataclass(frozen=True)
class IndexName:
    """The parts of an index's name.

    Attributes:
        generation: `SCHEMA_GENERATION` of the code that created it.
        build: `FIRST_BUILD`, or the number of the rebuild that created it.
        month: `2026.01`.
    """

    generation: int
    build: int
    month: str

    _PATTERN = re.compile(rf"{READ_ALIAS}-v([0-9]+)-([0-9]+)-([0-9]+\.[0-9]{{2}})\Z")

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """Return the parts of a name, or None for an index that this service did not create."""
        match = cls._PATTERN.match(name)
        return None if match is None else cls(int(match[1]), int(match[2]), match[3])

    def __str__(self) -> str:
        return f"{READ_ALIAS}-v{self.generation}-{self.build}-{self.month}"
