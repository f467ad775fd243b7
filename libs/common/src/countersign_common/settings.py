"""Settings from the environment, checked once when a function is wired."""

import dataclasses
from collections.abc import Mapping
from typing import TypeVar

S = TypeVar("S")


class SettingsMissing(RuntimeError):
    """Environment variables that the function cannot do without are not set. Names all of them."""


def read_settings(shape: type[S], environ: Mapping[str, str]) -> S:
    """Fill a dataclass of strings from the environment: field `workflow_table` from `WORKFLOW_TABLE`.

    Args:
        shape: a dataclass whose fields are all `str`; a field with a default may be missing.
        environ: usually `os.environ`.

    Raises:
        SettingsMissing: one or more variables are not set, or set to nothing where no default is given.
    """
    values: dict[str, str] = {}
    missing: list[str] = []
    for field in dataclasses.fields(shape):  # type: ignore[arg-type]
        name = field.name.upper()
        value = environ.get(name, "")
        if value:
            values[field.name] = value
        elif field.default is dataclasses.MISSING:
            missing.append(name)
    if missing:
        raise SettingsMissing(f"not set in the environment: {', '.join(missing)}")
    return shape(**values)
