"""Who does something, and who is to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What the rules ask of whoever acts."""

    @property
    def user_id(self) -> str:
        """The person's id, the same for ever."""
        ...

    @property
    def name(self) -> str:
        """The name to show."""
        ...

    @property
    def groups(self) -> frozenset[str]:
        """The names of the groups the person is in."""
        ...


@dataclass(frozen=True)
class Person:
    """A person as a record remembers them: the id, and the name as it was."""

    user_id: str
    name: str

    @classmethod
    def of(cls, actor: Actor) -> "Person":
        """Who acts, to be remembered."""
        return cls(actor.user_id, actor.name)


@dataclass(frozen=True)
class Approvers:
    """Who may decide a step: any one of these people, or of these groups' members.

    Attributes:
        users: ids of people.
        groups: names of groups. Both together: 1 to 50.
    """

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def principals(self) -> tuple[str, ...]:
        """All of them by the names they have in a list of participants."""
        return (*map(user_principal, self.users), *map(group_principal, self.groups))

    def include(self, actor: Actor) -> bool:
        """Whether the actor is one of them."""
        return not principals_of(actor).isdisjoint(self.principals)


def user_principal(user_id: str) -> str:
    """How a person stands in a list of participants: `user:<id>`."""
    return f"user:{user_id}"


def group_principal(name: str) -> str:
    """How a group stands in a list of participants: `group:<name>`."""
    return f"group:{name}"


def principals_of(actor: Actor) -> frozenset[str]:
    """All the names by which a list of participants may mean the actor."""
    return frozenset({user_principal(actor.user_id), *map(group_principal, actor.groups)})


def joined(participants: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    """The participants with those who come to them, each once, in the order of their coming."""
    return tuple(dict.fromkeys((*participants, *more)))
