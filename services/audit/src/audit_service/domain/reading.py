"""Who may read audit records."""

from collections.abc import Iterable, Set

AUDITORS = "group:auditors"
"""Members read every record."""


def reads_everything(principals: Set[str]) -> bool:
    """Whether somebody may read every record.

    Args:
        principals: what he can be named by: `user:<id>` and `group:<name>`.
    """
    return AUDITORS in principals


def may_read(principals: Set[str], participants: Iterable[str]) -> bool:
    """Whether somebody may read a workflow's records: an auditor, or one of those who take part in it.

    Args:
        principals: what he can be named by: `user:<id>` and `group:<name>`.
        participants: of the workflow's newest record. They only grow, so any record of the workflow that names
            him is proof enough, and one that does not is no proof of the contrary.
    """
    return reads_everything(principals) or not principals.isdisjoint(participants)
