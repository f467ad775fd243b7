"""openapi.json from a route table."""

import json
import re
import sys
from types import ModuleType

import pytest
from countersign_common.errors import DomainError, StoreUnavailableError
from countersign_common.http.fields import ApiSchema, Id, PageQuery, PageSchema, Slug, Text, Timestamp
from countersign_common.http.openapi import main, openapi_of
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import OtherResponse, Route, RouteTable
from marshmallow import fields, validate


class RuleError(DomainError):
    code = "some-rule"


class OtherRuleError(RuleError):
    code = "other-rule"


class TooBusyError(DomainError):
    code = "too-busy"
    retry_after = 1


ERROR_STATUS = {RuleError: 409, TooBusyError: 409, StoreUnavailableError: 503}


class ThingPath(ApiSchema):
    thing_id = Id(required=True)


class ThingSchema(ApiSchema):
    some_title = Text(
        required=True, validate=validate.Length(1, 200), metadata={"description": "Shown in lists."}
    )
    created_at = Timestamp()
    kind = Slug()


class ThingPage(PageSchema):
    items = fields.List(fields.Nested(ThingSchema), required=True)
    newest = fields.Nested(ThingSchema, allow_none=True)


def put_thing(request: Request, _: None) -> Response:
    """Replace a thing.

    Creates it if it doesn't exist.
    """
    return ok(request.body)


def list_things(_: Request, __: None) -> Response:
    """List things."""
    return ok(None)


def add_mark(_: Request, __: None) -> Response:
    """Add a mark to a thing."""
    return ok(None)


def start_task(_: Request, __: None) -> Response:
    """Start a task."""
    return ok(None)


def get_health(_: Request, __: None) -> Response:
    """Return whether the service works."""
    return ok(None)


ROUTES = RouteTable[None](
    Route(
        "PUT /things/{thingId}",
        put_thing,
        path=ThingPath,
        body=ThingSchema,
        response=ThingSchema,
        other_statuses=(201,),
        headers=("If-Match", "Idempotency-Key", "Location"),
        required_headers=("If-Match",),
        errors=(OtherRuleError, RuleError, TooBusyError, StoreUnavailableError),
        body_limit=64 * 1024,
        request_example={"someTitle": "A thing"},
        response_example={"someTitle": "A thing", "kind": "x"},
    ),
    Route("GET /things", list_things, query=PageQuery, response=ThingPage),
    Route("POST /things/{thingId}/marks", add_mark, body=ThingSchema, optional_body=True, status=204),
    Route(
        "POST /tasks",
        start_task,
        response=ThingSchema,
        status=202,
        other_responses=(OtherResponse(200, ThingPage, {"items": [], "cursor": None}),),
        headers=("Location",),
        response_example={"someTitle": "A task"},
    ),
    Route("GET /health", get_health, public=True),
    error_status=ERROR_STATUS,
)


@pytest.fixture
def document():
    return openapi_of(ROUTES, title="Things", version="1.2.3", description="About things.")


@pytest.fixture
def put(document):
    return document["paths"]["/things/{thingId}"]["put"]


def operations(document):
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_is_an_operation_and_nothing_else(document):
    assert set(operations(document)) == set(ROUTES)
    assert document["openapi"] == "3.0.3"
    assert document["info"] == {"title": "Things", "version": "1.2.3", "description": "About things."}


def test_operation_has_name_summary_and_description_of_its_function(document, put):
    assert (put["operationId"], put["summary"]) == ("putThing", "Replace a thing.")
    assert put["description"] == "Creates it if it doesn't exist."
    assert "description" not in operations(document)["GET /things"]


def test_nullable_object_is_null_or_an_object_of_its_schema(document):
    newest = document["components"]["schemas"]["ThingPage"]["properties"]["newest"]
    assert newest["anyOf"] == [
        {"type": "object", "nullable": True, "enum": [None]},
        {"$ref": "#/components/schemas/Thing"},
    ]


def test_path_query_and_headers_are_parameters(document, put):
    assert {(each["in"], each["name"], each["required"]) for each in put["parameters"]} == {
        ("path", "thingId", True),
        ("header", "If-Match", True),
        ("header", "Idempotency-Key", False),
    }
    limit, cursor = operations(document)["GET /things"]["parameters"]
    assert (limit["name"], limit["in"], limit["required"]) == ("limit", "query", False)
    assert limit["schema"] == {"type": "integer", "default": 25, "minimum": 1, "maximum": 100}
    assert limit["description"] == "Maximum number of items on the page."
    assert (cursor["schema"]["minLength"], cursor["schema"]["maxLength"]) == (1, 1000)


def test_path_without_a_schema_has_its_parameters(document):
    (parameter,) = operations(document)["POST /things/{thingId}/marks"]["parameters"]
    assert (parameter["name"], parameter["required"]) == ("thingId", True)


def test_header_parameters_have_pattern_example_and_description(put):
    headers = {each["name"]: each for each in put["parameters"] if each["in"] == "header"}
    for header in headers.values():
        assert header["description"]
        assert re.search(header["schema"]["pattern"], header["example"])
    if_match = headers["If-Match"]["schema"]["pattern"]
    assert all(re.search(if_match, accepted) for accepted in ("*", '"3"'))
    assert not any(re.search(if_match, rejected) for rejected in ("", "3", 'W/"3"', '"1", "2"'))


def test_request_body_has_schema_limit_and_example(document, put):
    assert put["requestBody"] == {
        "required": True,
        "description": "At most 64 KB.",
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Thing"},
                "example": {"someTitle": "A thing"},
            }
        },
    }
    marks = operations(document)["POST /things/{thingId}/marks"]["requestBody"]
    assert marks["required"] is False
    assert "example" not in marks["content"]["application/json"]


def test_each_success_status_has_schema_and_example(document, put):
    for status in ("200", "201"):
        content = put["responses"][status]["content"]["application/json"]
        assert content == {
            "schema": {"$ref": "#/components/schemas/Thing"},
            "example": {"someTitle": "A thing", "kind": "x"},
        }
    assert "content" not in operations(document)["GET /health"]["responses"]["200"]


def test_another_response_has_its_own_schema_and_example(document):
    responses = document["paths"]["/tasks"]["post"]["responses"]
    bodies = {status: responses[status]["content"]["application/json"] for status in ("200", "202")}
    assert bodies == {
        "200": {
            "schema": {"$ref": "#/components/schemas/ThingPage"},
            "example": {"items": [], "cursor": None},
        },
        "202": {"schema": {"$ref": "#/components/schemas/Thing"}, "example": {"someTitle": "A task"}},
    }
    assert "location" in responses["202"]["headers"]
    assert "location" not in responses["200"]["headers"]


def test_responses_have_their_headers(document, put):
    assert set(put["responses"]["200"]["headers"]) == {"x-correlation-id", "etag"}
    assert set(put["responses"]["201"]["headers"]) == {"x-correlation-id", "etag", "location"}
    assert set(operations(document)["GET /things"]["responses"]["200"]["headers"]) == {"x-correlation-id"}


def described(operation) -> dict[str, set[str]]:
    """Return the problem types of an operation's responses by status."""
    return {
        status: set(re.findall(r"`/docs/problems/([a-z-]+)\.md`", response["description"]))
        for status, response in operation["responses"].items()
        if "application/problem+json" in response.get("content", {})
    }


def test_error_responses_list_their_problem_types_by_status(put):
    assert described(put) == {
        "400": {"bad-request"},
        "403": {"id-token-required"},
        "409": {"some-rule", "other-rule", "too-busy"},
        "413": {"too-large"},
        "415": {"unsupported-media-type"},
        "428": {"precondition-required"},
        "503": {"store-unavailable"},
        "default": {"internal-error"},
    }


def test_list_has_the_problem_type_of_cursors_and_no_body_problems(document):
    assert described(operations(document)["GET /things"]) == {
        "400": {"bad-request", "invalid-cursor"},
        "403": {"id-token-required"},
        "default": {"internal-error"},
    }


def test_error_response_has_a_problem_as_example(put):
    response = put["responses"]["409"]
    content = response["content"]["application/problem+json"]
    assert content["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert content["example"].items() >= {"type": "/docs/problems/other-rule.md", "status": 409}.items()
    assert content["example"]["title"] == "Other rule"


def test_retry_after_is_a_header_of_the_statuses_that_have_it(put):
    with_retry = {
        status
        for status, response in put["responses"].items()
        if "retry-after" in response.get("headers", {})
    }
    assert with_retry == {"409", "503"}


def test_only_public_operations_need_no_id_token(document):
    assert "ID token" in document["components"]["securitySchemes"]["cognito"]["description"]
    for key, operation in operations(document).items():
        is_public = key == "GET /health"
        assert operation["security"] == ([] if is_public else [{"cognito": []}])
        assert ("401" in operation["responses"], "403" in operation["responses"]) == (not is_public,) * 2


def test_schema_has_the_limits_that_the_service_checks(document):
    thing = document["components"]["schemas"]["Thing"]
    assert thing["properties"] == {
        "someTitle": {"type": "string", "minLength": 1, "maxLength": 200, "description": "Shown in lists."},
        "createdAt": {"type": "string", "format": "date-time"},
        "kind": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"},
    }
    assert (thing["required"], thing["additionalProperties"]) == (["someTitle"], False)


def test_cursor_of_a_page_is_required_and_may_be_null(document):
    page = document["components"]["schemas"]["ThingPage"]
    assert sorted(page["required"]) == ["cursor", "items"]
    assert page["properties"]["cursor"]["nullable"] is True


def test_path_id_is_a_uuid(put):
    assert put["parameters"][0]["schema"] == {"type": "string", "format": "uuid"}


@pytest.fixture
def arguments(tmp_path, monkeypatch):
    """Return command-line arguments for a module with the routes of this test."""
    module = ModuleType("some_routes")
    module.ROUTES = ROUTES  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "some_routes", module)
    out = ["--out", str(tmp_path / "openapi.json")]
    return ["some_routes:ROUTES", "--distribution", "countersign-common", "--title", "Things", *out]


def test_written_document_passes_the_check(arguments, tmp_path):
    assert main(arguments) == 0
    assert json.loads((tmp_path / "openapi.json").read_text())["info"]["title"] == "Things"
    assert main([*arguments, "--check"]) == 0


def test_outdated_document_fails_the_check_and_is_not_changed(arguments, tmp_path, capsys):
    committed = tmp_path / "openapi.json"
    committed.write_text("{}\n")
    assert main([*arguments, "--check"]) == 1
    assert "make openapi" in capsys.readouterr().err
    assert committed.read_text() == "{}\n"


def test_missing_document_fails_the_check(arguments):
    assert main([*arguments, "--check"]) == 1
