"""The search engine: OpenSearch, one index per month behind one alias."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionError as OpenSearchConnectionError
from opensearchpy.exceptions import TransportError

from audit_service.adapters.documents import document_of
from audit_service.adapters.index_schema import READ_ALIAS, month_of, write_alias
from audit_service.adapters.monthly_indices import MonthlyIndices
from audit_service.adapters.search_query import search_body
from audit_service.domain.audit_record import AuditRecord
from audit_service.domain.errors import SearchUnavailableError, UnreadableRecordError
from audit_service.domain.search import Filters, Position, SearchScope
from audit_service.ports import IndexResult

# The client would create an encoder for each line. ASCII also holds what is not valid Unicode (lone surrogates).
_JSON = json.JSONEncoder(separators=(",", ":"))

_TOO_MANY_REQUESTS = 429
_WRONG_OR_TOO_LARGE = (400, 413)
_OVERLOADED = (_TOO_MANY_REQUESTS, 502, 503, 504)

_SEARCH_ATTEMPTS = 3
_INDEX_DELETED = (404, 500)

_NO_INDEX = "index_not_found_exception"
_NO_FIELD = "strict_dynamic_mapping_exception"
_NO_WRITE_INDEX = "no write index"


class OpenSearchAuditIndex:
    """The port `AuditIndex` on OpenSearch.

    Each method is one request. More are made only by a container's first `add`, for the first record of a month,
    while a rebuild replaces indices (`find`), and by the two methods of a replacement.
    """

    def __init__(self, client: OpenSearch, *, replicas: int = 0) -> None:
        """
        Args:
            client: A client with timeouts.
            replicas: Copies of each shard in addition to the primary.
        """
        self._client = client
        self._indices = MonthlyIndices(client, replicas)
        self._is_prepared = False

    def add(self, records: Sequence[AuditRecord]) -> IndexResult:
        """Create the documents in one `_bulk`. 409 means that one exists, which is a success.

        The first index of a month is created when its first record needs it. A record with a field that the index
        lacks has the mapping updated. In both cases those records are sent once more.
        """
        unindexable: dict[str, str] = {}
        documents: list[_Document] = []
        for record in records:
            try:
                documents.append(_Document.of(record))
            except UnreadableRecordError:
                unindexable[record.dataset_id] = "unreadable"
        if not documents:
            return IndexResult(unindexable, {})
        with self._available():
            if not self._is_prepared:
                self._indices.update_if_outdated()
                self._is_prepared = True
            errors = self._create(documents)
            again = [each for each in documents if errors.get(each.id, _TAKEN).can_be_prepared_for]
            if again:
                self._prepare_for(again, errors)
                errors = {id: error for id, error in errors.items() if not error.can_be_prepared_for}
                errors |= self._create(again)
        transient = {id: str(error) for id, error in errors.items() if error.is_transient}
        final = {id: str(error) for id, error in errors.items() if not error.is_transient}
        return IndexResult(unindexable | final, transient)

    def find(
        self, filters: Filters, scope: SearchScope, *, after: Position | None, limit: int
    ) -> Sequence[Position]:
        """Find positions only: the documents stay where they are, since the store has the full datasets.

        While a rebuild replaces an index, a record can be in two of them. Both are neighbors in the order, so one is
        dropped and the page is filled up.
        """
        found: list[Position] = []
        while True:
            hits = self._search(search_body(filters, scope, after=after, limit=limit))
            for position in hits:
                if not found or position != found[-1]:
                    found.append(position)
            if len(hits) < limit or len(found) >= limit:
                return found[:limit]
            after = hits[-1]

    def begin_replacement(self) -> int:
        """Have records written to new, empty indices; what was indexed before stays searchable."""
        with self._available():
            return self._indices.begin_replacement()

    def finish_replacement(self, build: int) -> None:
        """Delete what the new indices replace, which must hold every record by now."""
        with self._available():
            self._indices.finish_replacement(build)

    def _prepare_for(self, documents: Sequence["_Document"], errors: Mapping[str, "_ItemError"]) -> None:
        if any(errors[each.id].kind == _NO_FIELD for each in documents):
            self._indices.update()
        months = {each.month for each in documents if errors[each.id].kind == _NO_INDEX}
        if months:
            self._indices.create(sorted(months))

    def _create(self, documents: Sequence["_Document"]) -> dict[str, "_ItemError"]:
        """Send a `_bulk`, and return the errors by datasetId.

        A request that the engine rejects as a whole is sent in halves, until the document that causes it is alone.
        """
        body = "".join(each.lines for each in documents)
        try:
            # An alias that is missing is an error for its documents, not the name of a new index.
            response = self._client.bulk(body=body, params={"require_alias": "true"})
        except TransportError as error:
            if error.status_code not in _WRONG_OR_TOO_LARGE:
                raise
            if len(documents) == 1:
                return {documents[0].id: _ItemError(int(error.status_code), str(error.error), "")}
            middle = len(documents) // 2
            return self._create(documents[:middle]) | self._create(documents[middle:])
        if not response["errors"]:
            return {}
        outcomes = (item["create"] for item in response["items"])
        return {
            outcome["_id"]: _ItemError.of(outcome)
            for outcome in outcomes
            if outcome["status"] not in (200, 201, 409)
        }

    def _search(self, body: Mapping[str, Any]) -> Sequence[Position]:
        """Search all shards or fail: a part of the audit trail would pass for the whole of it.

        Before the first record there is no index, which is an empty result and no error. A search that runs while a
        rebuild deletes an index can be a 404, or a 500 because the index was closed, and is repeated.
        """
        with self._available():
            for _ in range(_SEARCH_ATTEMPTS - 1):
                try:
                    return self._search_once(body)
                except TransportError as error:
                    if error.status_code not in _INDEX_DELETED:
                        raise
            return self._search_once(body)

    def _search_once(self, body: Mapping[str, Any]) -> Sequence[Position]:
        found = self._client.search(
            index=READ_ALIAS,
            body=body,
            params={
                "ignore_unavailable": "true",
                "allow_no_indices": "true",
                "allow_partial_search_results": "false",
            },
        )
        return [Position(*hit["sort"]) for hit in found["hits"]["hits"]]

    @contextmanager
    def _available(self) -> Iterator[None]:
        try:
            with search_available():
                yield
        except SearchUnavailableError:
            # What comes back can be an older copy of the same engine.
            self._is_prepared = False
            raise


@contextmanager
def search_available() -> Iterator[None]:
    """Raise SearchUnavailableError for an engine that is busy or does not respond. Other errors pass unchanged."""
    try:
        yield
    except (OpenSearchConnectionError, TransportError) as error:
        if not isinstance(error, OpenSearchConnectionError) and error.status_code not in _OVERLOADED:
            raise
        raise SearchUnavailableError(
            f"The search engine does not respond ({type(error).__name__}). Send the request again later."
        ) from error


@dataclass(frozen=True)
class _Document:
    """A record as `_bulk` takes it.

    Attributes:
        id: datasetId.
        month: of its own time: the same index whenever it is delivered.
        lines: action and document, each with its line end.
    """

    id: str
    month: str
    lines: str

    @classmethod
    def of(cls, record: AuditRecord) -> "_Document":
        document, month = document_of(record), month_of(record.occurred_at)
        dataset_id = _JSON.encode(record.dataset_id)
        action = f'{{"create":{{"_index":"{write_alias(month)}","_id":{dataset_id}}}}}'
        return cls(record.dataset_id, month, f"{action}\n{_JSON.encode(document)}\n")


@dataclass(frozen=True)
class _ItemError:
    """Why a document was not created.

    Attributes:
        kind: OpenSearch's error type.
        reason: can quote the document, and stays out of logs.
    """

    status: int
    kind: str
    reason: str

    @classmethod
    def of(cls, outcome: Mapping[str, Any]) -> "_ItemError":
        error = outcome.get("error", {})
        return cls(outcome["status"], str(error.get("type", "unknown")), str(error.get("reason", "")))

    @property
    def can_be_prepared_for(self) -> bool:
        return self.kind in (_NO_INDEX, _NO_FIELD)

    @property
    def is_transient(self) -> bool:
        """Whether the same document can be created later: the error is the engine's, not the document's."""
        return (
            self.status == _TOO_MANY_REQUESTS
            or self.status >= 500
            or self.kind == _NO_INDEX
            or self.reason.startswith(_NO_WRITE_INDEX)
        )

    def __str__(self) -> str:
        return f"{self.status} {self.kind}"


_TAKEN = _ItemError(201, "", "")
