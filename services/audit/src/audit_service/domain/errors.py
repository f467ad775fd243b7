"""Domain errors of the audit service, in addition to those that all services share."""

from countersign_common.errors import DomainError


class UnreadableRecordError(DomainError):
    """A stored record is damaged: it was changed by something other than this service."""

    code = "unreadable-record"

    def __init__(self, dataset_id: str) -> None:
        super().__init__(
            f"The stored record {dataset_id} can't be read. Verify its workflow to see what is damaged."
        )


class SearchUnavailableError(DomainError):
    """The search engine is busy or does not respond."""

    code = "search-unavailable"
    retry_after = 5


class LogDamagedError(DomainError):
    """A part of the log is missing or changed: it was changed by something other than this service."""

    code = "log-damaged"


class NoCheckpointError(DomainError):
    """The log has no checkpoint yet: nothing has been sealed."""

    code = "no-checkpoint"

    def __init__(self) -> None:
        super().__init__(
            "The log has no checkpoint yet. The first one follows about a minute after the first record."
        )


class NoSuchTreeError(DomainError):
    """The log has not reached a size yet."""

    code = "no-such-tree"

    def __init__(self, size: int, newest: int) -> None:
        super().__init__(f"The log has no tree of size {size}: the newest checkpoint has size {newest}.")


class AuditorsOnlyError(DomainError):
    """The user is in neither of the groups `auditors` and `admins`."""

    code = "auditors-only"

    def __init__(self) -> None:
        super().__init__("Only members of the groups auditors and admins can do this.")


class InvalidCosignatureError(DomainError):
    """A cosignature is not one of the log's tree of its size."""

    code = "invalid-cosignature"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The cosignature is not valid: {reason}", "/line")


class UnknownWitnessError(DomainError):
    """A cosignature is by a key that is not configured."""

    code = "unknown-witness"

    def __init__(self) -> None:
        super().__init__("This deployment has no such witness. Add its verifier key to `witnesses`.", "/line")


class JobChangedError(Exception):
    """A job, whose id is the argument, was changed by another run of the function that erases."""


class ErasureRunningError(DomainError):
    """An erasure of the same user has not ended."""

    code = "erasure-running"

    def __init__(self, erasure_id: str) -> None:
        super().__init__(f"The erasure {erasure_id} of this user is running. Wait until it is DONE.")


class ErasureDamagedError(Exception):
    """The event of an erasure that was started is missing, or was changed by something other than this service."""

    def __init__(self, event_id: str) -> None:
        super().__init__(f"The erasure event {event_id} can't be read: what it erases is not known.")
