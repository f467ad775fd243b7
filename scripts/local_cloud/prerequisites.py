"""What a cloud needs of the machine, and the command that gets what is missing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from local_cloud.errors import CloudError


@dataclass(frozen=True)
class Prerequisite:
    """A program that must be there.

    Attributes:
        name: for a person.
        purpose: what it is needed for.
        minimum: the oldest version that will do.
        found: the version that is there, None when it is not.
        fix: the command or step that gets it.
    """

    name: str
    purpose: str
    minimum: tuple[int, ...]
    found: Callable[[], tuple[int, ...] | None]
    fix: str

    def complaint(self) -> str | None:
        """What is wrong and how it is mended; None when all is well."""
        version = self.found()
        wanted = ".".join(map(str, self.minimum))
        if version is None:
            wrong = f"{self.name} is missing"
        elif version < self.minimum:
            wrong = f"{self.name} {'.'.join(map(str, version))} is too old, {wanted} is needed"
        else:
            return None
        return f"{wrong} ({self.purpose}). Fix: {self.fix}"


def require(prerequisites: Iterable[Prerequisite]) -> None:
    """Check all of them at once.

    Raises:
        CloudError: one line for each that is missing or too old.
    """
    complaints = [complaint for each in prerequisites if (complaint := each.complaint())]
    if complaints:
        raise CloudError("\n".join(complaints))


def can_install_packages() -> bool:
    """Whether this program may install Debian's packages itself."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def version_of(command: list[str]) -> tuple[int, ...] | None:
    """The first version number that `command` prints; None when it is not there or does not run."""
    if shutil.which(command[0]) is None:
        return None
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    number = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", answer.stdout) if answer.returncode == 0 else None
    return tuple(int(part) for part in number.groups() if part is not None) if number else None


def _terraform_version() -> tuple[int, ...] | None:
    if shutil.which("terraform") is None:
        return None
    answer = subprocess.run(["terraform", "version", "-json"], capture_output=True, text=True, check=False)
    # A CLI settings file that is not there makes Terraform print a warning first.
    start = answer.stdout.find("{")
    if start < 0:
        return None
    number: str = json.loads(answer.stdout[start:])["terraform_version"]
    return tuple(int(part) for part in number.partition("-")[0].split("."))


_TERRAFORM_ZIP = (
    "https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_linux_$(dpkg --print-architecture).zip"
)

PYTHON = Prerequisite(
    "Python",
    "runs the scripts",
    (3, 11),
    lambda: sys.version_info[:2],
    "apt-get install python3 python3-venv, then make setup",
)
TERRAFORM = Prerequisite(
    "Terraform",
    "creates everything in the cloud",
    (1, 11),
    _terraform_version,
    # Debian has no package of it.
    f"curl -fLo terraform.zip {_TERRAFORM_ZIP} && python3 -m zipfile -e terraform.zip /usr/local/bin "
    "&& chmod +x /usr/local/bin/terraform",
)
NODE = Prerequisite(
    "Node.js",
    "builds the console",
    (20, 19),
    lambda: version_of(["node", "--version"]),
    "apt-get install nodejs npm, or the steps at https://nodejs.org",
)
NPM = Prerequisite(
    "npm",
    "installs the console's dependencies",
    (9,),
    lambda: version_of(["npm", "--version"]),
    "apt-get install npm",
)
CHROMIUM = Prerequisite(
    "Chromium",
    "runs the browser tests",
    (100,),
    lambda: version_of(["chromium", "--version"]),
    "apt-get install chromium",
)

FOR_THE_CONSOLE = (NODE, NPM)
"""What builds and tests it."""

FOR_A_CLOUD = (PYTHON, TERRAFORM, NODE, NPM)
"""What `up` needs."""
