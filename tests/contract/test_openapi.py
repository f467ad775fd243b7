"""The committed openapi.json files: what the services answer, and what API Gateway is told."""

import importlib.metadata
import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from countersign_common.openapi import openapi_of

from repository import ROOT

_METHODS = {"get", "put", "post", "delete", "patch", "head"}


def _operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in _METHODS
    }


def test_the_committed_document_is_the_route_tables(service):
    version = importlib.metadata.version(f"countersign-{service.name}")
    generated = openapi_of(service.routes, title=service.document["info"]["title"], version=version)
    committed = (service.folder / "openapi.json").read_text()
    assert committed == json.dumps(generated, indent=2) + "\n", f"make -C services/{service.name} openapi"


def test_every_route_of_the_table_is_an_operation(service):
    assert set(_operations(service.document)) == set(service.routes)


def test_no_two_services_claim_the_same_route(services):
    claims = Counter(key for service in services for key in service.routes)
    assert [key for key, count in claims.items() if count > 1] == []


def test_no_two_services_claim_paths_that_differ_in_a_parameters_name_only(services):
    shapes = Counter(re.sub(r"{\w+}", "{}", key) for service in services for key in service.routes)
    assert [shape for shape, count in shapes.items() if count > 1] == []


def test_operation_ids_are_unique_across_the_api(services):
    ids = Counter(op["operationId"] for service in services for op in _operations(service.document).values())
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_operation_can_answer_a_problem(service):
    for key, operation in _operations(service.document).items():
        problem = operation["responses"]["default"]["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/Problem"}, key


def test_every_operation_says_in_a_line_what_it_does(service):
    for key, operation in _operations(service.document).items():
        assert re.fullmatch(r"[A-Z].{5,110}\.", operation["summary"]), f"{key}: {operation['summary']!r}"


def test_every_operation_wants_a_token_but_health(services):
    public = {
        key
        for service in services
        for key, operation in _operations(service.document).items()
        if operation["security"] == []
    }
    assert public == {"GET /health"}


def test_every_path_parameter_and_reference_is_defined(service):
    document = service.document
    text = json.dumps(document)
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in document["components"]["schemas"]
    for key, operation in _operations(document).items():
        declared = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", key)), key


def test_terraform_makes_exactly_these_routes_out_of_the_documents(services, tmp_path: Path):
    """Terraform's own expression is evaluated, without a provider: the `locals` of modules/api."""
    source = (ROOT / "terraform" / "modules" / "api" / "main.tf").read_text()
    expression = re.search(r"^locals \{.*?^\}", source, re.MULTILINE | re.DOTALL)
    assert expression is not None
    (tmp_path / "main.tf").write_text('variable "services" {\n  type = any\n}\n\n' + expression[0] + "\n")
    documents = {each.name: {"openapi": str(each.folder / "openapi.json")} for each in services}
    (tmp_path / "terraform.tfvars.json").write_text(json.dumps({"services": documents}))

    each = "[for each in found : [each.service, each.public]]"
    question = f"jsonencode({{ for key, found in local.routes : key => {each} }})"
    answer = subprocess.run(
        ["terraform", f"-chdir={tmp_path}", "console"],
        input=question,
        capture_output=True,
        text=True,
        check=True,
    )
    routes = json.loads(json.loads(answer.stdout.strip().splitlines()[-1]))

    assert routes == {
        key: [[service.name, route.public]] for service in services for key, route in service.routes.items()
    }
