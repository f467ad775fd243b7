"""openapi.json out of a route table."""

import json
import re
import sys
from types import ModuleType

import pytest
from countersign_common.fields import ApiSchema, Id, Instant, Slug, Text
from countersign_common.openapi import main, openapi_of
from countersign_common.requests import Request, Response, ok
from countersign_common.routes import Route, RouteTable
from marshmallow import fields, validate


class ThingPath(ApiSchema):
    thing_id = Id(required=True)


class ThingQuery(ApiSchema):
    limit = fields.Integer(load_default=25, validate=validate.Range(1, 100))


class ThingSchema(ApiSchema):
    some_title = Text(required=True, validate=validate.Length(1, 200))
    made_at = Instant()
    kind = Slug()


def change_thing(request: Request, _: None) -> Response:
    """Change a thing.

    This is not in the summary.
    """
    return ok(request.body)


def tell_health(_: Request, __: None) -> Response:
    """Tell whether it is up."""
    return ok(None)


ROUTES = RouteTable[None](
    Route(
        "PUT /things/{thingId}",
        change_thing,
        path=ThingPath,
        query=ThingQuery,
        body=ThingSchema,
        answer=ThingSchema,
        also=(201,),
        headers=("If-Match",),
    ),
    Route("POST /things/{thingId}/marks", tell_health, body=ThingSchema, optional_body=True, status=204),
    Route("GET /health", tell_health, public=True),
)


@pytest.fixture
def document():
    return openapi_of(ROUTES, title="Things", version="1.2.3")


def test_every_route_is_an_operation_and_nothing_else(document):
    found = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    assert found == set(ROUTES)
    assert (document["info"], document["openapi"]) == ({"title": "Things", "version": "1.2.3"}, "3.0.3")


def test_an_operation_is_named_and_summed_up_by_its_function(document):
    operation = document["paths"]["/things/{thingId}"]["put"]
    assert (operation["operationId"], operation["summary"]) == ("changeThing", "Change a thing.")


def test_path_query_and_headers_are_parameters(document):
    parameters = document["paths"]["/things/{thingId}"]["put"]["parameters"]
    assert {(each["in"], each["name"], each.get("required", False)) for each in parameters} == {
        ("path", "thingId", True),
        ("query", "limit", False),
        ("header", "If-Match", False),
    }


def test_a_path_without_a_schema_still_has_its_parameters(document):
    (parameter,) = document["paths"]["/things/{thingId}/marks"]["post"]["parameters"]
    assert (parameter["name"], parameter["required"]) == ("thingId", True)


def test_bodies_and_answers_name_their_schemas(document):
    operation = document["paths"]["/things/{thingId}"]["put"]
    reference = {"$ref": "#/components/schemas/Thing"}
    assert operation["requestBody"] == {
        "required": True,
        "content": {"application/json": {"schema": reference}},
    }
    for status in ("200", "201"):
        assert operation["responses"][status]["content"]["application/json"]["schema"] == reference
    assert document["paths"]["/things/{thingId}/marks"]["post"]["requestBody"]["required"] is False
    assert "content" not in document["paths"]["/health"]["get"]["responses"]["200"]


def test_every_operation_may_answer_a_problem(document):
    for methods in document["paths"].values():
        for operation in methods.values():
            content = operation["responses"]["default"]["content"]
            assert content == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }


def test_only_a_public_operation_needs_no_token(document):
    for path, methods in document["paths"].items():
        assert all(("401" in operation["responses"]) is (path != "/health") for operation in methods.values())
    security = {path: next(iter(methods.values()))["security"] for path, methods in document["paths"].items()}
    assert security["/health"] == []
    assert security["/things/{thingId}"] == [{"cognito": []}]


def test_a_header_says_what_is_taken(document):
    headers = [
        each for each in document["paths"]["/things/{thingId}"]["put"]["parameters"] if each["in"] == "header"
    ]
    assert [each["name"] for each in headers] == ["If-Match"]
    pattern = headers[0]["schema"]["pattern"]
    assert all(re.search(pattern, taken) for taken in ("*", '"3"'))
    assert not any(re.search(pattern, refused) for refused in ("", "3", 'W/"3"', '"1", "2"'))


def test_a_schema_says_what_the_service_checks(document):
    thing = document["components"]["schemas"]["Thing"]
    assert thing["properties"]["someTitle"] == {"type": "string", "minLength": 1, "maxLength": 200}
    assert thing["properties"]["madeAt"] == {"type": "string", "format": "date-time"}
    assert thing["properties"]["kind"] == {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"}
    assert (thing["required"], thing["additionalProperties"]) == (["someTitle"], False)
    assert document["paths"]["/things/{thingId}"]["put"]["parameters"][0]["schema"]["format"] == "uuid"


@pytest.fixture
def arguments(tmp_path, monkeypatch):
    """Those of the command line, for a module that holds the routes of this test."""
    module = ModuleType("some_routes")
    module.ROUTES = ROUTES  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "some_routes", module)
    where = ["--out", str(tmp_path / "openapi.json")]
    return ["some_routes:ROUTES", "--distribution", "countersign-common", "--title", "Things", *where]


def test_the_document_is_written_and_then_checks_out(arguments, tmp_path):
    assert main(arguments) == 0
    assert json.loads((tmp_path / "openapi.json").read_text())["info"]["title"] == "Things"
    assert main([*arguments, "--check"]) == 0


def test_a_committed_document_that_differs_is_told_and_left_as_it_is(arguments, tmp_path, capsys):
    committed = tmp_path / "openapi.json"
    committed.write_text("{}\n")
    assert main([*arguments, "--check"]) == 1
    assert "make openapi" in capsys.readouterr().err
    assert committed.read_text() == "{}\n"


def test_a_document_that_was_never_committed_does_not_check_out(arguments):
    assert main([*arguments, "--check"]) == 1
