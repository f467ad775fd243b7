"""Mistakes in wiring and calls that a type checker must find."""

import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

SNIPPETS = """
from workflow_service.bootstrap.api import Service, wire_service
from workflow_service.domain.request_context import RequestContext
from workflow_service.domain.workflow import Action
from workflow_service.ports import EventPublisher, Outbox, SchemeRepository, WorkflowRepository
from workflow_service.use_cases.publish_event import PublishEvent
from countersign_common.telemetry import Warn

def misspelled_keyword(service: Service, action: Action, context: RequestContext) -> None:
    service.perform_action("id", action, context, if_mach=1)

def swapped_arguments(service: Service, action: Action, context: RequestContext) -> None:
    service.create_workflow("expenses", context, action)

def swapped_ports(publisher: EventPublisher, outbox: Outbox, warn: Warn) -> None:
    PublishEvent(outbox, publisher, warn)

def missing_port(
    workflows: WorkflowRepository, schemes: SchemeRepository, publisher: EventPublisher, warn: Warn
) -> None:
    wire_service(workflows=workflows, schemes=schemes, publisher=publisher, warn=warn)
"""


def test_mypy_finds_a_misspelled_keyword_swapped_arguments_and_a_missing_port(tmp_path):
    snippets = tmp_path / "snippets.py"
    snippets.write_text(SNIPPETS)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-context"]
    result = subprocess.run(
        [*command, str(snippets)], cwd=PACKAGE, capture_output=True, text=True, timeout=300, check=False
    )
    lines = SNIPPETS.splitlines()
    found = {
        lines[int(number) - 1].split("(")[0].strip() for number in re.findall(r":(\d+): error", result.stdout)
    }
    assert found == {
        "service.perform_action",
        "service.create_workflow",
        "PublishEvent",
        "wire_service",
    }, result.stdout + result.stderr
