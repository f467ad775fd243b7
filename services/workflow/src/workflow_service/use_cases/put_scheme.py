"""Write a scheme's next version."""

from typing import Protocol

from countersign_common.clock import Clock

from workflow_service.domain.errors import NotPermitted, NotPossible, Stale
from workflow_service.domain.people import Actor, Person
from workflow_service.domain.scheme import Definition, Scheme
from workflow_service.use_cases.commit import TRIES, Outrun
from workflow_service.use_cases.show_scheme import SchemeVersions

MAY_WRITE = "admins"
"""The group whose members write schemes."""


class WritableSchemes(SchemeVersions, Protocol):
    """Where versions of schemes are added."""

    def add_version(self, scheme: Scheme) -> None:
        """Write a version and make it the newest.

        Raises:
            Outrun: the version before it is not the newest any more.
        """
        ...


def put_scheme(
    scheme_id: str,
    definition: Definition,
    by: Actor,
    *,
    if_match: int | None,
    must_exist: bool,
    schemes: WritableSchemes,
    clock: Clock,
) -> tuple[Scheme, bool]:
    """Make a definition a scheme's newest version. One that it already is adds nothing.

    Args:
        if_match: the only version it may follow; None for whichever is the newest.
        must_exist: whether there must be a version to follow.

    Returns:
        The newest version, and whether the scheme is new.

    Raises:
        NotPermitted: admins-only.
        Stale: version-stale.
        NotPossible: too-busy, when others were faster five times over.
    """
    if MAY_WRITE not in by.groups:
        raise NotPermitted("admins-only", "Only admins write schemes.")
    for _ in range(TRIES):
        newest = schemes.scheme(scheme_id)
        _check_followed(newest, if_match, must_exist)
        if newest is not None and newest.definition == definition:
            return newest, False
        version = 1 if newest is None else newest.version + 1
        scheme = Scheme(scheme_id, version, definition, clock(), Person.of(by))
        try:
            schemes.add_version(scheme)
        except Outrun:
            continue
        return scheme, newest is None
    raise NotPossible("too-busy", "Others write this scheme at the same time; send it again.")


def _check_followed(newest: Scheme | None, if_match: int | None, must_exist: bool) -> None:
    if newest is None and (must_exist or if_match is not None):
        raise Stale("version-stale", "There is no such scheme yet.")
    if newest is not None and if_match is not None and if_match != newest.version:
        raise Stale("version-stale", f"The scheme is at version {newest.version}, not {if_match}.")
