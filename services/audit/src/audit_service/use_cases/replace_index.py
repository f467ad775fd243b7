"""Replace the search index: start a rebuild into new indices."""

from dataclasses import dataclass

from audit_service.domain.rebuild import RebuildPosition
from audit_service.ports import AuditIndex


@dataclass(frozen=True)
class ReplaceIndex:
    """Start a rebuild into new indices, which replace the existing ones when it is complete.

    Every record stays searchable: records that are stored meanwhile go to the new indices, and the old ones are
    deleted once the new ones contain everything. An interrupted rebuild can be started again.
    """

    index: AuditIndex

    def __call__(self) -> RebuildPosition:
        """Return the position at which `RebuildIndex` starts.

        Raises:
            SearchUnavailableError
        """
        return RebuildPosition(build=self.index.begin_replacement())
