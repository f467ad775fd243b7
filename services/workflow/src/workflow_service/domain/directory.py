"""The user directory: people and groups."""

from dataclasses import dataclass, replace
from typing import Literal

from countersign_common.actors import Actor, reads_everything

Search = Literal["name", "email"]
"""What a search for people looks at."""


@dataclass(frozen=True)
class DirectoryPerson:
    """A user as the user directory has them.

    Attributes:
        name: None for a user without one.
        email: None for a reader who may not see it.
    """

    user_id: str
    name: str | None
    email: str | None


@dataclass(frozen=True)
class Group:
    """A group of users."""

    name: str
    description: str


@dataclass(frozen=True)
class PeoplePosition:
    """Where the next page of a search for people starts.

    Attributes:
        search: None in the list of all people.
        token: The directory's; None at the start of the search.
    """

    search: Search | None
    token: str | None


def as_seen_by(person: DirectoryPerson, actor: Actor) -> DirectoryPerson:
    """Return a person as the actor sees them: only admins and auditors see addresses."""
    return person if reads_everything(actor) else replace(person, email=None)
