"""The programs that the commands need, and how to install them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass

from local_cloud.errors import CloudError


@dataclass(frozen=True)
class Prerequisite:
    """A program that must be installed.

    Attributes:
        command: Prints its version.
        fix: The command or step that installs it.
    """

    name: str
    purpose: str
    minimum: tuple[int, ...]
    command: tuple[str, ...]
    fix: str

    def error(self) -> str | None:
        """Return what is wrong and how to fix it, or None."""
        version = version_of(self.command)
        minimum = ".".join(map(str, self.minimum))
        if version is None:
            wrong = f"{self.name} is missing"
        elif version < self.minimum:
            wrong = f"{self.name} {'.'.join(map(str, version))} is too old, {minimum} is needed"
        else:
            return None
        return f"{wrong} ({self.purpose}). Fix: {self.fix}"


def require(prerequisites: Iterable[Prerequisite]) -> None:
    """Check all of them.

    Raises:
        CloudError: One line for each that is missing or too old.
    """
    errors = [error for each in prerequisites if (error := each.error())]
    if errors:
        raise CloudError("\n".join(errors))


def can_install_packages() -> bool:
    """Return whether this program may install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def version_of(command: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the version that `command` prints; None if it is missing or fails."""
    # If this file is missing, Terraform prints a warning with its path first.
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    try:
        printed = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=30, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    number = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", printed.stdout) if printed.returncode == 0 else None
    return tuple(int(part) for part in number.groups() if part is not None) if number else None


_RELEASES = "https://releases.hashicorp.com/terraform/1.11.4"
_TERRAFORM_ZIP = f"{_RELEASES}/terraform_1.11.4_linux_$(dpkg --print-architecture).zip"

TERRAFORM = Prerequisite(
    "Terraform",
    "deploys to the cloud",
    (1, 11),
    ("terraform", "version"),
    # There is no Debian package.
    f"curl -fLo terraform.zip {_TERRAFORM_ZIP} && python3 -m zipfile -e terraform.zip /usr/local/bin "
    "&& chmod +x /usr/local/bin/terraform",
)
NODE = Prerequisite(
    "Node.js",
    "builds the console",
    (20, 19),
    ("node", "--version"),
    "apt-get install nodejs npm, or the steps at https://nodejs.org",
)
NPM = Prerequisite(
    "npm", "installs the console's dependencies", (9,), ("npm", "--version"), "apt-get install npm"
)
CHROMIUM = Prerequisite(
    "Chromium", "runs the browser tests", (100,), ("chromium", "--version"), "apt-get install chromium"
)

FOR_THE_CONSOLE = (NODE, NPM)
FOR_A_CLOUD = (TERRAFORM, NODE, NPM)
