"""OpenSearch in memory behind a real client: templates, indices, aliases and `_bulk`, but no queries.

The component tests run the same cases on real engines.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import urllib3
from botocore.credentials import Credentials
from opensearchpy import OpenSearch

from audit_service.adapters.opensearch_client import opensearch_client

ENDPOINT = "https://search.example.com"

Body = dict[str, Any]
Reply = tuple[int, Any]


@dataclass(frozen=True)
class HttpRequest:
    """An HTTP request that reached the engine; `url` is path and query."""

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


@dataclass
class FakeIndexState:
    """An index with its mapping, aliases, settings and documents."""

    mappings: Body
    settings: Body
    aliases: dict[str, Body]
    documents: dict[str, Body] = field(default_factory=dict)


class FakeOpenSearch:
    """An engine.

    Attributes:
        templates, indices: By name.
        requests: In order.
        replies: Come before those from memory.
        rejected: Document id → the rest of its item in the response of a `_bulk`.
    """

    def __init__(self, credentials: Credentials | None = None) -> None:
        self.templates: dict[str, Body] = {}
        self.indices: dict[str, FakeIndexState] = {}
        self.requests: list[HttpRequest] = []
        self.replies: list[Callable[[], Reply]] = []
        self.rejected: dict[str, Body] = {}
        self.client: OpenSearch = opensearch_client(
            ENDPOINT, region="eu-west-1", credentials=credentials or Credentials("key", "secret")
        )
        for connection in self.client.transport.connection_pool.connections:
            connection.pool = self

    @property
    def calls(self) -> list[str]:
        """Method and path of each request, such as `POST /_bulk`."""
        return [f"{each.method} {each.path}" for each in self.requests]

    @property
    def documents(self) -> dict[str, Body]:
        """The documents of all indices."""
        return {id: document for each in self.indices.values() for id, document in each.documents.items()}

    def sent(self, position: int = -1) -> Body:
        """Return the JSON body of a request."""
        return dict(json.loads(self.requests[position].body))

    def wipe(self) -> None:
        """Lose everything, as an engine without a disk that is restarted."""
        self.templates.clear()
        self.indices.clear()

    def urlopen(
        self, method: str, url: str, body: bytes | None, *, headers: Mapping[str, str], **_: Any
    ) -> urllib3.HTTPResponse:
        """Do what urllib3's connection pool does."""
        request = HttpRequest(method, url, (body or b"").decode(), dict(headers))
        self.requests.append(request)
        status, reply = self.replies.pop(0)() if self.replies else self._reply(request)
        return urllib3.HTTPResponse(
            json.dumps(reply).encode(), headers={"content-type": "application/json"}, status=status
        )

    def _reply(self, request: HttpRequest) -> Reply:
        body = json.loads(request.body) if request.body and not request.path.endswith("_bulk") else {}
        match request.method, request.path.strip("/").split("/"):
            case "POST", ["_bulk"]:
                return self._bulk(request)
            case "POST", ["_aliases"]:
                return self._update_aliases(body["actions"])
            case "GET", ["_index_template", name]:
                return self._get_template(name)
            case "PUT", ["_index_template", name]:
                self.templates[name] = body
            case "PUT", [alias, "_mapping"]:
                for index in self._behind(alias):
                    index.mappings["properties"] |= body["properties"]
            case "PUT", [alias, "_settings"]:
                for index in self._behind(alias):
                    index.settings["index"] |= body["index"]
            case "GET", [alias, "_alias"]:
                return 200, {
                    name: {"aliases": index.aliases}
                    for name, index in self.indices.items()
                    if alias in index.aliases
                }
            case "PUT", [name]:
                return self._create_index(name, body.get("aliases", {}))
            case _, [_, "_search"]:
                return 200, {"hits": {"hits": []}}
        return 200, {"acknowledged": True}

    def _behind(self, alias: str) -> list[FakeIndexState]:
        return [index for index in self.indices.values() if alias in index.aliases]

    def _get_template(self, name: str) -> Reply:
        if name not in self.templates:
            return _error(404, "resource_not_found_exception")
        template = json.loads(json.dumps(self.templates[name]))
        settings = template["template"]["settings"]["index"]
        settings["number_of_replicas"] = str(settings["number_of_replicas"])
        return 200, {"index_templates": [{"index_template": template}]}

    def _create_index(self, name: str, aliases: dict[str, Body]) -> Reply:
        if name in self.indices:
            return _error(400, "resource_already_exists_exception")
        templates = [each for each in self.templates.values() if _matches(each, name)]
        template = json.loads(json.dumps(templates[0]["template"])) if templates else {}
        mappings = template.get("mappings", {"properties": {}})
        index = FakeIndexState(mappings, template.get("settings", {}), template.get("aliases", {}) | aliases)
        self.indices[name] = index
        if any(len(self._write_indices(alias)) > 1 for alias in aliases):
            del self.indices[name]
            return _error(500, "illegal_state_exception")
        return 200, {"acknowledged": True}

    def _update_aliases(self, actions: list[Body]) -> Reply:
        before = {name: dict(index.aliases) for name, index in self.indices.items()}
        removed = []
        for action in actions:
            ((kind, target),) = action.items()
            if target["index"] not in self.indices:
                return _error(404, "index_not_found_exception")
            if kind == "remove_index":
                removed.append(target["index"])
            else:
                options = {name: target[name] for name in ("is_write_index",) if name in target}
                self.indices[target["index"]].aliases[target["alias"]] = options
        for name in removed:
            del self.indices[name]
        aliases = {alias for index in self.indices.values() for alias in index.aliases}
        if any(len(self._write_indices(alias)) > 1 for alias in aliases):
            for name, index in self.indices.items():
                index.aliases = before[name]
            return _error(500, "illegal_state_exception")
        return 200, {"acknowledged": True}

    def _write_indices(self, alias: str) -> list[FakeIndexState]:
        return [
            index
            for index in self.indices.values()
            if index.aliases.get(alias, {}).get("is_write_index", False)
        ]

    def _bulk(self, request: HttpRequest) -> Reply:
        assert request.params["require_alias"] == "true"
        lines = [json.loads(line) for line in request.body.splitlines()]
        items = [
            {"create": self._create_document(action["create"], document)}
            for action, document in zip(lines[::2], lines[1::2], strict=True)
        ]
        return 200, {"errors": any("error" in item["create"] for item in items), "items": items}

    def _create_document(self, action: Body, document: Body) -> Body:
        id, alias = action["_id"], action["_index"]
        if id in self.rejected:
            return {"_id": id, **self.rejected[id]}
        if not self._behind(alias):
            return {"_id": id, "status": 404, "error": {"type": "index_not_found_exception"}}
        (index,) = self._write_indices(alias)
        if index.mappings.get("dynamic") == "strict" and set(document) - set(index.mappings["properties"]):
            return {"_id": id, "status": 400, "error": {"type": "strict_dynamic_mapping_exception"}}
        if id in index.documents:
            return {"_id": id, "status": 409, "error": {"type": "version_conflict_engine_exception"}}
        index.documents[id] = document
        return {"_id": id, "status": 201}


def _matches(template: Body, name: str) -> bool:
    return any(name.startswith(pattern.rstrip("*")) for pattern in template["index_patterns"])


def _error(status: int, kind: str) -> Reply:
    return status, {"error": {"type": kind, "reason": kind}, "status": status}
