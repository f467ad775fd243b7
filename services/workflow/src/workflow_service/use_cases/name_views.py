"""Add the names of users to what a response shows of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from countersign_common.actors import Actor

from workflow_service.domain.access import View, WorkflowT
from workflow_service.domain.scheme import Scheme, SchemeView
from workflow_service.ports import NameDirectory


@dataclass(frozen=True)
class NameViews:
    """Return views with current names. It never fails: a name that can't be read is left out."""

    directory: NameDirectory

    def workflows(self, views: Iterable[View[WorkflowT]], actor: Actor) -> Sequence[View[WorkflowT]]:
        """Return views of workflows that the actor reads."""
        listed = list(views)
        others = _without(actor, (user_id for view in listed for user_id in view.user_ids))
        names = {**self.directory.names_of(others), actor.user_id: actor.name}
        return [replace(view, names=names) for view in listed]

    def after_action(self, view: View[WorkflowT], actor: Actor) -> View[WorkflowT]:
        """Return the view that an action responds with.

        An action makes at most five AWS calls, so it only uses names that are cached.
        """
        names = self.directory.known_names(_without(actor, view.user_ids))
        return replace(view, names={**names, actor.user_id: actor.name})

    def schemes(self, schemes: Iterable[Scheme]) -> Sequence[SchemeView]:
        """Return views of schemes."""
        listed = list(schemes)
        names = self.directory.names_of([user_id for scheme in listed for user_id in scheme.approver_ids])
        return [SchemeView(scheme, names) for scheme in listed]


def _without(actor: Actor, user_ids: Iterable[str]) -> list[str]:
    """Return ids without the actor's: their name is in the token."""
    return [each for each in user_ids if each != actor.user_id]
