"""Schemes: versioned definitions of workflows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from workflow_service.domain.people import Approvers, NamedApprovers, Person


@dataclass(frozen=True)
class Step:
    """A stage of a scheme that ends with a decision."""

    step_id: str
    name: str
    approvers: Approvers


@dataclass(frozen=True)
class Definition:
    """The content of a scheme.

    Attributes:
        name: The display name, 1 to 100 characters.
        steps: In their order; exactly one in this release.
    """

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Scheme:
    """One version of a scheme. Versions are never changed.

    Attributes:
        scheme_id: A slug, such as `expense-report`.
        version: From 1, without gaps.
        created_at, created_by: Of this version.
    """

    scheme_id: str
    version: int
    definition: Definition
    created_at: datetime
    created_by: Person

    @property
    def first_step(self) -> Step:
        return self.definition.steps[0]

    @property
    def approver_ids(self) -> tuple[str, ...]:
        """User ids of all steps' approvers."""
        return tuple(user_id for step in self.definition.steps for user_id in step.approvers.users)

    def has_approver_group(self, name: str) -> bool:
        """Return whether the group's members may decide one of the steps."""
        return any(name in step.approvers.groups for step in self.definition.steps)


@dataclass(frozen=True)
class NamedStep:
    """A step with the names of its approvers."""

    step_id: str
    name: str
    approvers: NamedApprovers


@dataclass(frozen=True)
class SchemeView:
    """A version of a scheme with the names of its approvers, by user id."""

    scheme: Scheme
    names: Mapping[str, str]

    @property
    def steps(self) -> tuple[NamedStep, ...]:
        return tuple(
            NamedStep(step.step_id, step.name, step.approvers.named(self.names))
            for step in self.scheme.definition.steps
        )
