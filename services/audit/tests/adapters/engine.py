"""osmem-server behind the service's own client: requests are recorded, and it responds with errors on request.

The component tests run the same cases on a real OpenSearch node.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import urllib3
from botocore.credentials import Credentials
from opensearchpy import OpenSearch

from audit_service.adapters.opensearch_client import opensearch_client

Body = dict[str, Any]
Reply = tuple[int, Any]


@dataclass(frozen=True)
class HttpRequest:
    """A request of the service; `url` is path and query."""

    method: str
    url: str
    body: str
    headers: Mapping[str, str]

    @property
    def path(self) -> str:
        """The decoded path."""
        return unquote(urlsplit(self.url).path)

    @property
    def params(self) -> dict[str, str]:
        """The query parameters."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.url).query).items()}


class Engine:
    """An engine.

    Attributes:
        url: Where it listens.
        client: The service's client.
        direct: A client whose requests are not recorded.
        requests: In order.
        replies: Come before those of the engine.
        rejected: Document id → the rest of its item in the response of a `_bulk`.
    """

    def __init__(self, url: str, credentials: Credentials | None = None) -> None:
        self.url = url
        self.requests: list[HttpRequest] = []
        self.replies: list[Callable[[], Reply]] = []
        self.rejected: dict[str, Body] = {}
        self.direct = OpenSearch(url)
        self.client = opensearch_client(
            url, region="eu-west-1", credentials=credentials or Credentials("key", "secret")
        )
        (connection,) = self.client.transport.connection_pool.connections
        self._pool, connection.pool = connection.pool, self

    @property
    def calls(self) -> list[str]:
        """Method and path of each request, such as `POST /_bulk`."""
        return [f"{each.method} {each.path}" for each in self.requests]

    @property
    def indices(self) -> dict[str, Body]:
        """Aliases, mappings and settings of all indices, by name."""
        return dict(self.direct.indices.get(index="*", params={"flat_settings": "true"}))

    @property
    def template(self) -> Body:
        """The index template."""
        (found,) = self.direct.indices.get_index_template(name="*")["index_templates"]
        return dict(found["index_template"])

    @property
    def documents(self) -> dict[str, Body]:
        """The documents of all indices, by id."""
        return self.documents_in("*")

    def documents_in(self, index: str) -> dict[str, Body]:
        """Return the documents of an index, by id."""
        self.direct.indices.refresh(index=index)
        hits = self.direct.search(index=index, body={"size": 1000})["hits"]["hits"]
        return {hit["_id"]: hit["_source"] for hit in hits}

    def sent(self, position: int = -1) -> Body:
        """Return the JSON body of a request."""
        return dict(json.loads(self.requests[position].body))

    def wipe(self) -> None:
        """Delete everything, as a restart of an engine without a disk does."""
        self.direct.indices.delete(index="*")
        self.direct.indices.delete_index_template(name="*")

    def urlopen(self, method: str, url: str, body: bytes | None, **options: Any) -> Any:
        """Do what urllib3's connection pool does."""
        request = HttpRequest(method, url, (body or b"").decode(), dict(options["headers"]))
        self.requests.append(request)
        if self.replies:
            return _response(*self.replies.pop(0)())
        if self.rejected and request.path == "/_bulk":
            return _response(200, self._bulk(request))
        return self._pool.urlopen(method, url, body, **options)

    def _bulk(self, request: HttpRequest) -> Body:
        """Send what isn't rejected."""
        lines = request.body.splitlines(keepends=True)
        documents = {
            json.loads(action)["create"]["_id"]: action + document
            for action, document in zip(lines[::2], lines[1::2], strict=True)
        }
        kept = "".join(each for id, each in documents.items() if id not in self.rejected)
        created = self.direct.bulk(body=kept, params=request.params)["items"] if kept else []
        items = {item["create"]["_id"]: item for item in created}
        items |= {id: {"create": {"_id": id, **self.rejected[id]}} for id in documents if id in self.rejected}
        return {"errors": True, "items": [items[id] for id in documents]}


def _response(status: int, body: Any) -> urllib3.HTTPResponse:
    headers = {"content-type": "application/json"}
    return urllib3.HTTPResponse(json.dumps(body).encode(), headers=headers, status=status)
