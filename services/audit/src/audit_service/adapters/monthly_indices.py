"""Creates, updates and replaces the monthly indices."""

from collections.abc import Iterable, Mapping
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, TransportError

from audit_service.adapters.index_schema import (
    FIRST_BUILD,
    GENERATION,
    MAPPING,
    MAPPING_VERSION,
    READ_ALIAS,
    SCHEMA_GENERATION,
    IndexName,
    template,
    write_alias,
)

_NONE_IS_FINE = {"ignore_unavailable": "true", "allow_no_indices": "true"}

# Another container created the index, or another build of it, a moment ago.
_CREATED_MEANWHILE = ("resource_already_exists_exception", "illegal_state_exception")


class MonthlyIndices:
    """The indices of the current schema generation.

    Methods raise opensearch-py's exceptions.
    """

    def __init__(self, client: OpenSearch, replicas: int) -> None:
        """
        Args:
            client: A client with timeouts.
            replicas: Copies of each shard in addition to the primary.
        """
        self._client = client
        self._replicas = replicas

    def update_if_outdated(self) -> None:
        """Update template, mapping and replicas unless they are what this code needs: one GET if nothing is to do.

        A template with a newer version is left as it is: a deployment is in progress, and this code is the old one.
        """
        version, replicas = self._stored_version_and_replicas()
        if version < MAPPING_VERSION or (version == MAPPING_VERSION and replicas != str(self._replicas)):
            self.update()

    def update(self) -> None:
        """Put the template, and add to existing indices what they lack of it."""
        self._put_template()
        indices = self._client.indices
        indices.put_mapping(index=GENERATION, body=MAPPING, params=_NONE_IS_FINE)
        replicas = {"index": {"number_of_replicas": self._replicas}}
        indices.put_settings(index=GENERATION, body=replicas, params=_NONE_IS_FINE)

    def create(self, months: Iterable[str]) -> None:
        """Create the first index of each month, and the template in case the engine has lost its data."""
        self._put_template()
        for month in months:
            aliases = {write_alias(month): {"is_write_index": True}}
            self._create(IndexName(SCHEMA_GENERATION, FIRST_BUILD, month), {"aliases": aliases})

    def begin_replacement(self) -> int:
        """Create a new, empty index for each month, and write records to it from now on.

        The old indices stay searchable. The caller fills the new ones.

        Returns:
            The build, for `finish_replacement`.
        """
        current = self._current()
        build = 1 + max((name.build for name in current if name.generation == SCHEMA_GENERATION), default=0)
        self._put_template()
        actions: list[dict[str, Any]] = []
        for month in sorted({name.month for name in current}):
            alias, new = write_alias(month), IndexName(SCHEMA_GENERATION, build, month)
            self._create(new, {})
            actions += [
                {"add": {"index": str(name), "alias": alias, "is_write_index": False}}
                for name, aliases in current.items()
                if alias in aliases
            ]
            actions.append({"add": {"index": str(new), "alias": alias, "is_write_index": True}})
        self._apply(actions)
        return build

    def finish_replacement(self, build: int) -> None:
        """Delete the indices that a complete build replaces.

        Months whose records are written to another build stay as they are: another rebuild is in progress.
        """
        # What was written last must be searchable before what it replaces is gone.
        self._client.indices.refresh(index=READ_ALIAS, params=_NONE_IS_FINE)
        current = self._current()
        self._apply(
            [
                {"remove_index": {"index": str(name)}}
                for name in current
                for new in [IndexName(SCHEMA_GENERATION, build, name.month)]
                if name != new and _is_write_index(current.get(new, {}).get(write_alias(name.month)))
            ]
        )

    def months(self) -> list[str]:
        """Return the months that have an index behind the read alias, oldest first."""
        return sorted({name.month for name in self._current()})

    def drop(self, month: str) -> None:
        """Delete the indices of a month, of all generations and builds. A record of that month creates a new one."""
        self._apply(
            [{"remove_index": {"index": str(name)}} for name in self._current() if name.month == month]
        )

    def _stored_version_and_replicas(self) -> tuple[int, str]:
        wanted = "version,template.settings.index.number_of_replicas"
        paths = ",".join(f"index_templates.index_template.{path}" for path in wanted.split(","))
        try:
            found = self._client.indices.get_index_template(name=GENERATION, params={"filter_path": paths})
        except NotFoundError:
            return -1, ""
        stored = found["index_templates"][0]["index_template"]
        return stored["version"], stored["template"]["settings"]["index"]["number_of_replicas"]

    def _put_template(self) -> None:
        self._client.indices.put_index_template(name=GENERATION, body=template(self._replicas))

    def _create(self, name: IndexName, body: Mapping[str, Any]) -> None:
        try:
            self._client.indices.create(index=str(name), body=body)
        except TransportError as error:
            if error.error not in _CREATED_MEANWHILE:
                raise

    def _current(self) -> dict[IndexName, Mapping[str, Any]]:
        """Return each index behind the read alias with its aliases."""
        found = self._client.indices.get_alias(index=READ_ALIAS, params=_NONE_IS_FINE)
        return {
            name: each["aliases"]
            for index, each in found.items()
            if (name := IndexName.parse(index)) is not None
        }

    def _apply(self, actions: list[dict[str, Any]]) -> None:
        """Apply alias actions, all or none."""
        if actions:
            self._client.indices.update_aliases(body={"actions": actions})


def _is_write_index(alias: Mapping[str, Any] | None) -> bool:
    return alias is not None and alias.get("is_write_index", False)
