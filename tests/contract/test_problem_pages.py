"""Problem types: every error code that the API can return has a page in docs/problems, and every page a code."""

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

import countersign_common
import pytest
from countersign_common.errors import DomainError
from countersign_common.http.problems import problem_title, problem_type, status_of

from contract.conftest import NAMES, SERVICES
from contract.openapi import operations_of, schema_errors
from repository import ROOT

PAGES = ROOT / "docs" / "problems"
SOURCES = [
    *(ROOT / "libs" / "common" / "src").rglob("*.py"),
    *(source for name in NAMES for source in (ROOT / "services" / name / "src").rglob("*.py")),
]


def codes_of_the_http_layer() -> Iterator[tuple[str, int]]:
    """Yield code and status of every `ProblemError` in the sources."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ProblemError":
                status, code = node.args[:2]
                # Only `problem_from` takes both from a domain error.
                if isinstance(status, ast.Constant) and isinstance(code, ast.Constant):
                    yield str(code.value), int(str(status.value))
                else:
                    assert source.name == "problems.py", ast.unparse(node)


def codes_of_the_domain() -> Iterator[tuple[str, int]]:
    """Yield code and status of the domain errors that the services map to a status."""
    for service in SERVICES:
        for error, status in service.routes.error_status.items():
            yield error.code, status


PHRASES = {413: "Content Too Large", 422: "Unprocessable Content"}
"""The names of RFC 9110. `HTTPStatus` has older ones before Python 3.13."""

STATUS_OF_CODE = dict(codes_of_the_http_layer()) | dict(codes_of_the_domain())


def domain_errors() -> set[type[DomainError]]:
    """Return every class of domain errors in the packages."""
    for package in (countersign_common, *(importlib.import_module(f"{name}_service") for name in NAMES)):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)

    def below(kind: type[DomainError]) -> set[type[DomainError]]:
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    return {
        error
        for error in below(DomainError) - {DomainError}
        if error.__module__.split(".")[0] in {"countersign_common", *(f"{name}_service" for name in NAMES)}
    }


def test_every_code_has_a_page_and_every_page_a_code():
    pages = {page.stem for page in PAGES.glob("*.md")} - {"README"}
    assert pages == set(STATUS_OF_CODE)


def test_a_code_has_the_same_status_everywhere():
    statuses: dict[str, set[int]] = {}
    for code, status in (*codes_of_the_http_layer(), *codes_of_the_domain()):
        statuses.setdefault(code, set()).add(status)
    assert {code for code, found in statuses.items() if len(found) > 1} == set()


def test_every_domain_error_has_a_status_in_the_service_that_raises_it():
    for error in domain_errors():
        service = error.__module__.split(".")[0].removesuffix("_service")
        tables = [
            each.routes.error_status for each in SERVICES if service in (each.name, "countersign_common")
        ]
        assert any(status_of(error, table) for table in tables), error.__name__


def test_the_documents_name_only_problem_types_with_a_page(service):
    named = set(re.findall(r"/docs/problems/([a-z-]+)\.md", json.dumps(service.document)))
    assert named <= set(STATUS_OF_CODE)
    assert named


def test_the_documents_give_each_problem_type_its_status(service):
    for key, operation in operations_of(service.document).items():
        for status, response in operation["responses"].items():
            for code in re.findall(r"/docs/problems/([a-z-]+)\.md", response["description"]):
                assert status in (str(STATUS_OF_CODE[code]), "default"), (key, code)


@pytest.mark.parametrize("code", sorted(STATUS_OF_CODE))
def test_a_page_shows_the_status_and_an_example(code: str):
    page = (PAGES / f"{code}.md").read_text()
    status = STATUS_OF_CODE[code]
    phrase = PHRASES.get(status, HTTPStatus(status).phrase)
    assert page.startswith(f"# {code}\n")
    assert f"Status: **{status} {phrase}**" in page
    for heading in ("## Meaning", "## What to do", "## Example"):
        assert heading in page

    status_line, headers, body = _example(page)
    assert status_line == f"HTTP/1.1 {status} {phrase}"
    assert headers["content-type"] == "application/problem+json"
    assert (body["type"], body["title"], body["status"]) == (problem_type(code), problem_title(code), status)
    document = SERVICES[0].document
    assert schema_errors(body, {"$ref": "#/components/schemas/Problem"}, document) == []


def test_the_example_has_the_sentence_of_an_error_that_always_says_the_same():
    compared = 0
    for error in domain_errors():
        create: Callable[..., DomainError] = error
        if not inspect.signature(create).parameters:
            _, _, body = _example((PAGES / f"{error.code}.md").read_text())
            assert body["detail"] == create().detail, error.code
            compared += 1
    assert compared >= 10


def test_the_pages_of_errors_with_a_retry_show_the_header():
    for error in domain_errors():
        page = (PAGES / f"{error.code}.md").read_text()
        _, headers, _ = _example(page)
        expected = None if error.retry_after is None else str(error.retry_after)
        assert headers.get("retry-after") == expected, error.code
        assert ("`Retry-After`" in page) == (expected is not None), error.code


def test_the_overview_lists_every_code_with_its_status():
    overview = (PAGES / "README.md").read_text()
    rows = re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\) \| (\d{3}) \|", overview, re.MULTILINE)
    assert {code: int(status) for code, status in rows} == STATUS_OF_CODE
    assert len(rows) == len(STATUS_OF_CODE)


def _example(page: str) -> tuple[str, dict[str, str], Any]:
    """Return status line, headers and body of the response on a page."""
    [response] = re.findall(r"```http\n(.*?)```", page, re.DOTALL)
    head, _, body = response.partition("\n\n")
    status_line, *lines = head.splitlines()
    return status_line, dict(line.split(": ", 1) for line in lines), json.loads(body)
