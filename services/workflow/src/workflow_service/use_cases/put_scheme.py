"""Create a scheme, or add a version to it."""

from dataclasses import dataclass

from countersign_common.actors import Actor, require_admin
from countersign_common.clock import Clock

from workflow_service.domain.errors import (
    TooBusyError,
    VersionConflictError,
    VersionStaleError,
)
from workflow_service.domain.people import Person
from workflow_service.domain.scheme import Definition, Scheme, SchemeView
from workflow_service.ports import SchemeRepository
from workflow_service.use_cases.commit_transition import MAX_ATTEMPTS
from workflow_service.use_cases.name_views import NameViews


@dataclass(frozen=True)
class PutScheme:
    """Make a definition the newest version of a scheme. If it already is, nothing is written."""

    schemes: SchemeRepository
    name_views: NameViews
    clock: Clock

    def __call__(
        self,
        scheme_id: str,
        definition: Definition,
        actor: Actor,
        *,
        if_match: int | None,
        must_exist: bool,
    ) -> tuple[SchemeView, bool]:
        """
        Args:
            scheme_id: The scheme.
            definition: Its new content.
            actor: A member of the group `admins`.
            if_match: The only version that may precede this one; None for any.
            must_exist: Whether there must be an earlier version.

        Returns:
            The newest version, and whether the scheme is new.

        Raises:
            AdminsOnlyError: The actor is not an admin.
            VersionStaleError: The newest version is not the expected one.
            TooBusyError: Other writers were faster on every attempt.
        """
        require_admin(actor)
        for _ in range(MAX_ATTEMPTS):
            newest = self.schemes.get(scheme_id)
            _check_version(newest, if_match, must_exist)
            if newest is not None and newest.definition == definition:
                return self._named(newest), False
            version = 1 if newest is None else newest.version + 1
            scheme = Scheme(scheme_id, version, definition, self.clock(), Person.from_actor(actor))
            try:
                self.schemes.add_version(scheme)
            except VersionConflictError:
                continue
            return self._named(scheme), newest is None
        raise TooBusyError

    def _named(self, scheme: Scheme) -> SchemeView:
        return self.name_views.schemes([scheme])[0]


def _check_version(newest: Scheme | None, if_match: int | None, must_exist: bool) -> None:
    if newest is None and (must_exist or if_match is not None):
        raise VersionStaleError("The scheme doesn't exist.")
    if newest is not None and if_match is not None and if_match != newest.version:
        raise VersionStaleError(f"The scheme has version {newest.version}, not {if_match}.")
