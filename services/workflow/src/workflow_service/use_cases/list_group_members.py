"""List the members of a group."""

from dataclasses import dataclass

from countersign_common.actors import ADMINS, Actor
from countersign_common.errors import AdminsOnlyError, NotFoundError
from countersign_common.pagination import Page

from workflow_service.domain.directory import DirectoryPerson, as_seen_by
from workflow_service.ports import SchemeRepository, UserDirectory


@dataclass(frozen=True)
class ListGroupMembers:
    """Return a page of a group's members.

    Admins see the members of every group. Everyone else sees who decides what they request: the members of a group that
    the newest version of a scheme has among its approvers.
    """

    directory: UserDirectory
    schemes: SchemeRepository

    def __call__(
        self, group: str, scheme_id: str | None, actor: Actor, *, token: str | None, limit: int
    ) -> Page[DirectoryPerson, str]:
        """
        Args:
            group: Name of the group.
            scheme_id: The scheme that has it; None for an admin.
            token: Where the page starts; None for the first page.
            limit: Maximum number of members.

        Raises:
            AdminsOnlyError: The actor is not an admin, and no scheme that has the group is named.
            NotFoundError: There is no such group.
            InvalidPositionError: The directory does not know the token.
            PeopleUnavailableError: The directory is busy or does not respond.
        """
        if ADMINS not in actor.groups and not self._is_approver_group(group, scheme_id):
            raise AdminsOnlyError
        page = self.directory.members(group, token=token, limit=limit)
        if page is None:
            raise NotFoundError("group")
        return Page([as_seen_by(each, actor) for each in page.items], page.next_position)

    def _is_approver_group(self, group: str, scheme_id: str | None) -> bool:
        scheme = None if scheme_id is None else self.schemes.get(scheme_id)
        return scheme is not None and scheme.has_approver_group(group)
