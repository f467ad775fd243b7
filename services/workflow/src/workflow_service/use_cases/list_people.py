"""List people of the user directory."""

from dataclasses import dataclass

from countersign_common.actors import Actor, require_admin
from countersign_common.pagination import Page

from workflow_service.domain.directory import DirectoryPerson, PeoplePosition, Search, as_seen_by
from workflow_service.ports import UserDirectory

MAX_CALLS = 4
"""Most pages of the directory for one page of the list. A page can be shorter and not be the last."""

_NEXT_SEARCH: dict[Search | None, Search | None] = {"name": "email"}


@dataclass(frozen=True)
class ListPeople:
    """Return a page of people: whose name starts with a text, then whose e-mail address does."""

    directory: UserDirectory

    def __call__(
        self, query: str | None, actor: Actor, *, position: PeoplePosition | None, limit: int
    ) -> Page[DirectoryPerson, PeoplePosition]:
        """
        Args:
            query: How a name or an address starts; None for all people, which only admins can list.
            position: Where the page starts; None for the first page.
            limit: Maximum number of people.

        Raises:
            AdminsOnlyError: There is no query, and the actor is not an admin.
            InvalidPositionError: The directory does not know the position.
            PeopleUnavailableError: The directory is busy or does not respond.
        """
        if query is None:
            require_admin(actor)
        found: dict[str, DirectoryPerson] = {}
        following: PeoplePosition | None = _position(query, position)
        for _ in range(MAX_CALLS):
            if following is None or len(found) >= limit:
                break
            page = self.directory.people(
                following.search, query or "", token=following.token, limit=limit - len(found)
            )
            found |= {each.user_id: as_seen_by(each, actor) for each in page.items}
            following = _following(following, page.next_position)
        return Page(list(found.values()), following)


def _position(query: str | None, position: PeoplePosition | None) -> PeoplePosition:
    if position is None:
        return PeoplePosition(None if query is None else "name", None)
    return position


def _following(position: PeoplePosition, token: str | None) -> PeoplePosition | None:
    """Return the position after a page of the directory; None at the end of the list."""
    if token is not None:
        return PeoplePosition(position.search, token)
    search = _NEXT_SEARCH.get(position.search)
    return None if search is None else PeoplePosition(search, None)
