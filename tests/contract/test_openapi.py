"""The committed openapi.json files: what the services return, and the routes that Terraform creates from them."""

import importlib.metadata
import json
import re
import subprocess
from collections import Counter
from pathlib import Path

from countersign_common.http.openapi import openapi_of

from contract.openapi import operations_of
from repository import ROOT


def test_the_committed_document_is_generated_from_the_route_table(service):
    version = importlib.metadata.version(f"countersign-{service.name}")
    generated = openapi_of(service.routes, title=service.document["info"]["title"], version=version)
    assert service.document == generated, f"make -C services/{service.name} openapi"


def test_every_route_of_the_table_is_an_operation(service):
    assert set(operations_of(service.document)) == set(service.routes)


def test_no_two_services_have_the_same_route(services):
    counts = Counter(key for service in services for key in service.routes)
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_two_services_have_paths_that_differ_only_in_the_name_of_a_parameter(services):
    shapes = Counter(re.sub(r"{\w+}", "{}", key) for service in services for key in service.routes)
    assert [shape for shape, count in shapes.items() if count > 1] == []


def test_operation_ids_are_unique_across_the_api(services):
    ids = Counter(
        operation["operationId"]
        for service in services
        for operation in operations_of(service.document).values()
    )
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_error_response_is_a_problem_except_for_api_gateways_own(service):
    for key, operation in operations_of(service.document).items():
        errors = {
            status: each for status, each in operation["responses"].items() if not status.startswith("2")
        }
        assert "default" in errors, key
        for status, response in errors.items():
            media_type = "application/json" if status == "401" else "application/problem+json"
            assert list(response["content"]) == [media_type], (key, status)
            if status != "401":
                schema = response["content"][media_type]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, (key, status)


def test_every_operation_has_a_summary_of_one_sentence(service):
    for key, operation in operations_of(service.document).items():
        assert re.fullmatch(r"[A-Z].{5,110}\.", operation["summary"]), f"{key}: {operation['summary']!r}"


def test_only_health_and_what_the_log_publishes_need_no_token(services):
    public = {
        key
        for service in services
        for key, operation in operations_of(service.document).items()
        if operation["security"] == []
    }
    log = {
        f"GET /audit-trail/{resource}"
        for resource in ("checkpoint", "checkpoints", "consistency", "public-key")
    }
    assert public == {"GET /health"} | log


def test_every_path_parameter_and_reference_is_defined(service):
    document = service.document
    text = json.dumps(document)
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', text)):
        assert name in document["components"]["schemas"]
    for key, operation in operations_of(document).items():
        declared = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        assert declared == set(re.findall(r"{(\w+)}", key)), key


def test_terraform_creates_exactly_these_routes_from_the_documents(services, tmp_path: Path):
    """Evaluates Terraform's own expression, the `locals` of modules/api, without a provider."""
    source = (ROOT / "terraform" / "modules" / "api" / "main.tf").read_text()
    expression = re.search(r"^locals \{.*?^\}", source, re.MULTILINE | re.DOTALL)
    assert expression is not None
    (tmp_path / "main.tf").write_text('variable "services" {\n  type = any\n}\n\n' + expression[0] + "\n")
    documents = {each.name: {"openapi": str(each.folder / "openapi.json")} for each in services}
    (tmp_path / "terraform.tfvars.json").write_text(json.dumps({"services": documents}))

    operations = "[for operation in operations : [operation.service, operation.public]]"
    completed = subprocess.run(
        ["terraform", f"-chdir={tmp_path}", "console"],
        input=f"jsonencode({{ for key, operations in local.routes : key => {operations} }})",
        capture_output=True,
        text=True,
        check=True,
    )
    routes = json.loads(json.loads(completed.stdout.strip().splitlines()[-1]))

    assert routes == {
        key: [[service.name, route.public]] for service in services for key, route in service.routes.items()
    }
