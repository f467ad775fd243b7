"""List schemes."""

from dataclasses import dataclass

from countersign_common.pagination import Page, paginate

from workflow_service.domain.scheme import Scheme
from workflow_service.ports import SchemeRepository


@dataclass(frozen=True)
class ListSchemes:
    """Return a page of schemes in their newest versions, by id."""

    schemes: SchemeRepository

    def __call__(self, *, after: str | None, limit: int) -> Page[Scheme, str]:
        """
        Args:
            after: The id after which the page starts; None for the first page.
            limit: Maximum number of schemes.
        """
        found = self.schemes.list_newest(after=after, page_size=limit + 1)
        return paginate(found, limit, lambda scheme: scheme.scheme_id)
