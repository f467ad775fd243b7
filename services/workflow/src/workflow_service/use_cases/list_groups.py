"""List groups of the user directory."""

from dataclasses import dataclass

from countersign_common.actors import Actor, require_admin
from countersign_common.pagination import Page

from workflow_service.domain.directory import Group
from workflow_service.ports import UserDirectory


@dataclass(frozen=True)
class ListGroups:
    """Return a page of groups, for admins."""

    directory: UserDirectory

    def __call__(self, actor: Actor, *, token: str | None, limit: int) -> Page[Group, str]:
        """
        Args:
            token: Where the page starts; None for the first page.
            limit: Maximum number of groups.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            InvalidPositionError: The directory does not know the token.
            PeopleUnavailableError: The directory is busy or does not respond.
        """
        require_admin(actor)
        return self.directory.groups(token=token, limit=limit)
