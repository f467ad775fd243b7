"""The schemas of the responses."""

import pytest
from marshmallow import RAISE

from audit_service.schemas import examples
from audit_service.schemas.responses import AuditTrailPage, openapi_schema
from audit_service.schemas.verification_responses import Verification


@pytest.mark.parametrize(
    ("schema", "example"), [(AuditTrailPage, examples.PAGE), (Verification, examples.VERIFICATION)]
)
def test_the_examples_match_their_schemas(schema, example):
    assert schema(unknown=RAISE).validate(example) == {}


def test_a_nullable_type_is_written_as_openapi_writes_it():
    json_schema = {"type": ["string", "null"], "maxLength": 5}
    assert openapi_schema(json_schema) == {"type": "string", "nullable": True, "maxLength": 5}


def test_nested_schemas_are_converted_too():
    json_schema = {
        "type": "object",
        "properties": {"a": {"type": ["object", "null"]}},
        "required": ["a"],
    }
    assert openapi_schema(json_schema, description="d") == {
        "type": "object",
        "properties": {"a": {"type": "object", "nullable": True}},
        "required": ["a"],
        "description": "d",
    }
