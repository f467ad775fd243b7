"""Reading Terraform files."""

from pathlib import Path
from typing import Any

import hcl2
from hcl2 import SerializationOptions

_PLAIN = SerializationOptions(with_comments=False, explicit_blocks=False, strip_string_quotes=True)


def blocks(file: Path, kind: str) -> dict[str, dict[str, Any]]:
    """Return the blocks of a kind with one label (`variable`, `output`, `module`): label → content."""
    content = hcl2.loads(file.read_text(), serialization_options=_PLAIN)
    return {label: body for block in content.get(kind, []) for label, body in block.items()}


def values(file: Path) -> dict[str, Any]:
    """Return the attributes at the top level of a file, such as a .tfvars file."""
    content: dict[str, Any] = hcl2.loads(file.read_text(), serialization_options=_PLAIN)
    return content
