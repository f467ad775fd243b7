"""Get a scheme."""

from dataclasses import dataclass

from countersign_common.errors import NotFoundError

from workflow_service.domain.scheme import SchemeView
from workflow_service.ports import SchemeRepository
from workflow_service.use_cases.name_views import NameViews


@dataclass(frozen=True)
class GetScheme:
    """Return a version of a scheme."""

    schemes: SchemeRepository
    name_views: NameViews

    def __call__(self, scheme_id: str, version: int | None) -> SchemeView:
        """
        Args:
            version: None for the newest version.

        Raises:
            NotFoundError: There is no such scheme or version.
        """
        scheme = self.schemes.get(scheme_id, version)
        if scheme is None:
            raise NotFoundError("scheme" if version is None else "version of the scheme")
        return self.name_views.schemes([scheme])[0]
