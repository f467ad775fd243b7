"""Schemes: versioned definitions of workflows."""

from dataclasses import dataclass
from datetime import datetime

from workflow_service.domain.people import Approvers, Person


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
