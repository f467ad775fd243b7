"""Show a scheme."""

from typing import Protocol

from workflow_service.domain.errors import NotFound
from workflow_service.domain.scheme import Scheme


class SchemeVersions(Protocol):
    """Schemes by id and version."""

    def scheme(self, scheme_id: str, version: int | None = None) -> Scheme | None:
        """A version of a scheme; without one, the newest as last committed."""
        ...


def show_scheme(scheme_id: str, version: int | None, *, schemes: SchemeVersions) -> Scheme:
    """A scheme in its newest version, or in the one that is asked for.

    Raises:
        NotFound: there is no such scheme or version.
    """
    scheme = schemes.scheme(scheme_id, version)
    if scheme is None:
        raise NotFound("not-found", "There is no such scheme.")
    return scheme
