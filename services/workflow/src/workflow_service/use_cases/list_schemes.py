"""List schemes."""

from collections.abc import Iterator
from typing import Protocol

from workflow_service.domain.scheme import Scheme
from workflow_service.use_cases.pages import Page, page_of


class Catalogue(Protocol):
    """All schemes, each in its newest version."""

    def newest_schemes(self, *, after: str | None, page: int) -> Iterator[Scheme]:
        """Those after an id, by id, fetched so many at a time as they are drawn."""
        ...


def list_schemes(start: str | None, limit: int, *, catalogue: Catalogue) -> Page[Scheme]:
    """A page of schemes in their newest versions, by id."""
    found = catalogue.newest_schemes(after=start, page=limit + 1)
    return page_of(found, limit, lambda scheme: scheme.scheme_id)
