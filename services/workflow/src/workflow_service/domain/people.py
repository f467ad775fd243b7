"""Users and approvers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from countersign_common.actors import Actor, group_principal, principals_of, user_principal


class AuthenticatedUser(Actor, Protocol):
    """An actor with what the audit trail records of them and of their request."""

    @property
    def email(self) -> str:
        """From the token."""
        ...

    @property
    def source_ip(self) -> str:
        """Of the request."""
        ...

    @property
    def user_agent(self) -> str:
        """Of the request."""
        ...


@dataclass(frozen=True)
class Person:
    """A user as stored: the id, and the name at that time, which is empty once it was erased."""

    user_id: str
    name: str

    @property
    def erased(self) -> bool:
        """Whether the name was erased: everyone who acts has one."""
        return not self.name

    @classmethod
    def from_actor(cls, actor: Actor) -> "Person":
        return cls(actor.user_id, actor.name)


@dataclass(frozen=True)
class NamedUser:
    """A user with their current name; None if it is not known."""

    user_id: str
    name: str | None


@dataclass(frozen=True)
class NamedApprovers:
    """Approvers with the names of the users."""

    users: tuple[NamedUser, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Approvers:
    """Who may decide a step: each of these users, and each member of these groups.

    Attributes:
        users: User ids.
        groups: Names of groups. Users and groups together: 1 to 50.
    """

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def principals(self) -> tuple[str, ...]:
        """Their entries in a list of participants."""
        return (*map(user_principal, self.users), *map(group_principal, self.groups))

    def include(self, actor: Actor) -> bool:
        """Return whether the actor is one of them."""
        return not principals_of(actor).isdisjoint(self.principals)

    def named(self, names: Mapping[str, str]) -> NamedApprovers:
        """Return them with those of these names, by user id, that are theirs."""
        return NamedApprovers(tuple(NamedUser(each, names.get(each)) for each in self.users), self.groups)


def merge_participants(participants: tuple[str, ...], added: Iterable[str]) -> tuple[str, ...]:
    """Return the participants followed by those of `added` that are not among them."""
    return tuple(dict.fromkeys((*participants, *added)))
