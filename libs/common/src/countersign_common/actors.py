"""Actors and the access rule: who may read a workflow, its records and their verification."""

from collections.abc import Iterable
from typing import Protocol

from countersign_common.errors import AdminsOnlyError

ADMINS = "admins"
"""Members write schemes and read everything."""

AUDITORS = "auditors"
"""Members read everything."""


class Actor(Protocol):
    """A person who acts or reads."""

    @property
    def user_id(self) -> str:
        """The Cognito `sub`."""
        ...

    @property
    def name(self) -> str:
        """The display name."""
        ...

    @property
    def groups(self) -> frozenset[str]:
        """Names of the person's groups."""
        ...


def user_principal(user_id: str) -> str:
    """Return a user's entry in a list of participants: `user:<id>`."""
    return f"user:{user_id}"


def group_principal(name: str) -> str:
    """Return a group's entry in a list of participants: `group:<name>`."""
    return f"group:{name}"


def principals_of(actor: Actor) -> frozenset[str]:
    """Return every entry that includes the actor in a list of participants."""
    return frozenset({user_principal(actor.user_id), *map(group_principal, actor.groups)})


def reads_everything(actor: Actor) -> bool:
    """Return whether the actor may read every workflow and record. Admins and auditors may."""
    return not actor.groups.isdisjoint({ADMINS, AUDITORS})


def require_admin(actor: Actor) -> None:
    """Check that the actor is an admin.

    Raises:
        AdminsOnlyError
    """
    if ADMINS not in actor.groups:
        raise AdminsOnlyError


def may_read(actor: Actor, participants: Iterable[str]) -> bool:
    """Return whether the actor is one of the participants or may read everything."""
    return reads_everything(actor) or not principals_of(actor).isdisjoint(participants)
