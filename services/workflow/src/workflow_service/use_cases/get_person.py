"""Get a person of the user directory."""

from dataclasses import dataclass

from countersign_common.actors import Actor
from countersign_common.errors import NotFoundError

from workflow_service.domain.directory import DirectoryPerson, as_seen_by
from workflow_service.ports import UserDirectory


@dataclass(frozen=True)
class GetPerson:
    """Return a person as the actor sees them."""

    directory: UserDirectory

    def __call__(self, user_id: str, actor: Actor) -> DirectoryPerson:
        """
        Raises:
            NotFoundError: There is no such person.
            PeopleUnavailableError: The directory is busy or does not respond.
        """
        person = self.directory.get(user_id)
        if person is None:
            raise NotFoundError("person")
        return as_seen_by(person, actor)
