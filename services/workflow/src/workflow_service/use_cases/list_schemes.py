"""List schemes."""

from dataclasses import dataclass

from countersign_common.pagination import Page, paginate

from workflow_service.domain.scheme import SchemeView
from workflow_service.ports import SchemeRepository
from workflow_service.use_cases.name_views import NameViews


@dataclass(frozen=True)
class ListSchemes:
    """Return a page of schemes in their newest versions, by id."""

    schemes: SchemeRepository
    name_views: NameViews

    def __call__(self, *, after: str | None, limit: int) -> Page[SchemeView, str]:
        """
        Args:
            after: The id after which the page starts; None for the first page.
            limit: Maximum number of schemes.
        """
        found = self.schemes.list_newest(after=after, page_size=limit + 1)
        page = paginate(found, limit, lambda scheme: scheme.scheme_id)
        return Page(self.name_views.schemes(page.items), page.next_position)
