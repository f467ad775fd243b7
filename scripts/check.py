"""Everything that reads the code and runs none of it: `python scripts/check.py`."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from local_cloud.prerequisites import FOR_THE_CONSOLE, TERRAFORM, require
from quality.complaints import complaints
from quality.parallel import Command, Lanes
from quality.summary import tell
from repository import PACKAGES, ROOT

PYTHON = sys.executable


def main() -> None:
    """Format, lint, types, import rules, openapi.json, Terraform's format, workflows, console. Exit 1 on a finding."""
    console = Console()
    with complaints():
        require([TERRAFORM, *FOR_THE_CONSOLE])
    lint_imports = "from importlinter.cli import lint_imports_command as lint; lint()"
    root = [
        Command("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "."], ROOT),
        Command("ruff check", [PYTHON, "-m", "ruff", "check", "."], ROOT),
        Command("import rules across services", [PYTHON, "-c", lint_imports], ROOT),
        Command("types of scripts", [PYTHON, "-m", "mypy", "--strict", "."], ROOT / "scripts"),
        Command("terraform fmt", ["terraform", "fmt", "-check", "-recursive", "terraform"], ROOT),
        Command("workflows", [PYTHON, "scripts/lint_workflows.py"], ROOT),
        Command("console", ["make", "--no-print-directory", "-C", "web", "check"], ROOT),
    ]
    packages = [
        Command(
            f"{name} check", ["make", "--no-print-directory", "-C", name, "check", f"PYTHON={PYTHON}"], ROOT
        )
        for name in PACKAGES
    ]
    if not tell(Lanes(console).run([packages, root]), console):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
