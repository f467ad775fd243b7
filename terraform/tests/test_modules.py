"""Every module is complete and documented, and does what its own Terraform tests say."""

import re
from collections.abc import Iterator

import pytest

from repository import ROOT

TERRAFORM = ROOT / "terraform"
MODULES = sorted(folder for folder in (TERRAFORM / "modules").iterdir() if folder.is_dir())
STAGES = sorted(folder for folder in (TERRAFORM / "stages").iterdir() if folder.is_dir())
TESTED = [folder.name for folder in MODULES if list(folder.glob("tests/*.tftest.hcl"))]

BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
WILDCARD = re.compile(r'"(\*|[a-z0-9-]+:[A-Za-z]*\*)"')
"""A whole resource, principal or action: "*", "s3:*"; not a part of an ARN."""


@pytest.mark.parametrize("module", TESTED)
def test_a_module_does_what_its_tests_say(copy, module):
    copy.initialise(f"modules/{module}")
    copy.run(f"modules/{module}", "test")


@pytest.mark.parametrize("module", ["api", "observability", "search", "queue", "lambda_function"])
def test_what_the_embedded_cloud_cannot_show_has_tests_of_its_own(module):
    assert module in TESTED


@pytest.mark.parametrize("folder", [*MODULES, *STAGES], ids=lambda folder: folder.name)
def test_a_folder_has_the_four_files(folder):
    assert {"main.tf", "variables.tf", "outputs.tf", "versions.tf"} <= {
        each.name for each in folder.iterdir()
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda folder: folder.name)
def test_a_module_has_a_readme(module):
    assert (module / "README.md").read_text().startswith(f"# {module.name}\n")


@pytest.mark.parametrize("folder", [*MODULES, *STAGES], ids=lambda folder: folder.name)
def test_every_variable_is_typed_and_everything_is_described(folder):
    blocks = BLOCK.findall((folder / "variables.tf").read_text() + (folder / "outputs.tf").read_text())
    assert blocks
    assert [
        name for _, name, body in blocks if not re.search(r'^  description = "\S', body, re.MULTILINE)
    ] == []
    variables = [(name, body) for kind, name, body in blocks if kind == "variable"]
    assert [name for name, body in variables if not re.search(r"^  type\s+= ", body, re.MULTILINE)] == []
    assert [name for name, body in variables if re.search(r"[=(] *any\b", body)] == []


def test_no_wildcard_stands_without_a_written_reason():
    assert list(_wildcards_without_a_reason()) == []


def _wildcards_without_a_reason() -> Iterator[str]:
    """A reason is a comment in the same paragraph: lines without an empty one between them."""
    for file in sorted(TERRAFORM.glob("modules/*/*.tf")):
        for paragraph in file.read_text().split("\n\n"):
            if "validation {" not in paragraph and WILDCARD.search(paragraph) and "# " not in paragraph:
                yield f"{file.relative_to(TERRAFORM)}: {paragraph.strip()}"
