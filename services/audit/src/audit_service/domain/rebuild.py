"""The progress of a rebuild of the search index."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class RebuildPosition:
    """Where a rebuild continues.

    Attributes:
        after: datasetId of the last record that was processed; None at the beginning.
        build: The build that replaces the index; None for a rebuild that adds what is missing.
    """

    after: str | None = None
    build: int | None = None


@dataclass(frozen=True)
class RebuiltPage:
    """The result of one page of a rebuild.

    Attributes:
        indexed: Number of records that are searchable now, including those that were before.
        skipped: datasetId → reason, for records that can't be indexed.
        next_position: None when the rebuild is complete.
    """

    indexed: int
    skipped: Mapping[str, str]
    next_position: RebuildPosition | None
