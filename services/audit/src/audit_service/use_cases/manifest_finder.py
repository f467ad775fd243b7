"""Find manifests: those that cover times, and those that attest a workflow's state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from countersign_common.events.manifest import manifest_name

from audit_service.domain.manifests import StoredManifest
from audit_service.ports import AttestedStates, ManifestReader

NEWEST_WITHIN = timedelta(hours=2)
"""How far back the newest manifest is searched. There is one each minute."""

_MOST = 1_000


@dataclass(frozen=True)
class ManifestFinder:
    """Find manifests."""

    manifests: ManifestReader
    states: AttestedStates

    def covering(self, usual_name: str) -> StoredManifest | None:
        """Return the first manifest that doesn't end before a minute ends; None if there is none yet.

        Args:
            usual_name: Name of the manifest that covers the minute unless the workflow service had an outage.
        """
        manifest = self.manifests.get(usual_name)
        if manifest is not None:
            return manifest
        names = self.manifests.list_names(after=usual_name, limit=1)
        return self.manifests.get(names[0]) if names else None

    def recent_names(self, now: datetime) -> Sequence[str]:
        """Return the names of the newest manifests, newest last."""
        return self.manifests.list_names(after=manifest_name(now - NEWEST_WITHIN), limit=_MOST)
