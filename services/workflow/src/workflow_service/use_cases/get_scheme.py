"""Get a scheme."""

from dataclasses import dataclass

from countersign_common.errors import NotFoundError

from workflow_service.domain.scheme import Scheme
from workflow_service.ports import SchemeRepository


@dataclass(frozen=True)
class GetScheme:
    """Return a version of a scheme."""

    schemes: SchemeRepository

    def __call__(self, scheme_id: str, version: int | None) -> Scheme:
        """
        Args:
            version: None for the newest version.

        Raises:
            NotFoundError: There is no such scheme or version.
        """
        scheme = self.schemes.get(scheme_id, version)
        if scheme is None:
            raise NotFoundError("scheme" if version is None else "version of the scheme")
        return scheme
