"""Settings from environment variables."""

import dataclasses
from collections.abc import Mapping
from typing import TypeVar

SettingsT = TypeVar("SettingsT")


class MissingSettingsError(RuntimeError):
    """Required environment variables are not set. The message lists all of them."""


def read_settings(shape: type[SettingsT], environ: Mapping[str, str]) -> SettingsT:
    """Fill a dataclass of strings from environment variables: the field `workflow_table` from `WORKFLOW_TABLE`.

    Args:
        shape: A dataclass whose fields are all `str`. A field with a default is optional.
        environ: Usually `os.environ`.

    Raises:
        MissingSettingsError: One or more required variables are not set or empty.
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
        raise MissingSettingsError(f"These environment variables are not set: {', '.join(missing)}.")
    return shape(**values)
