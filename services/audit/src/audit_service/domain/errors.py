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
