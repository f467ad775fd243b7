"""Settings from environment variables."""

from dataclasses import dataclass

import pytest

from countersign_common.settings import MissingSettingsError, read_settings


@dataclass(frozen=True)
class Settings:
    some_table: str
    queue_url: str
    an_endpoint: str = "the default"


def test_each_field_is_read_from_its_variable():
    environ = {"SOME_TABLE": "t", "QUEUE_URL": "q", "AN_ENDPOINT": "e", "OTHER": "x"}
    assert read_settings(Settings, environ) == Settings("t", "q", "e")


@pytest.mark.parametrize("more", [{}, {"AN_ENDPOINT": ""}])
def test_field_with_default_may_be_missing_or_empty(more):
    assert read_settings(Settings, {"SOME_TABLE": "t", "QUEUE_URL": "q"} | more).an_endpoint == "the default"


def test_error_lists_every_missing_variable():
    with pytest.raises(MissingSettingsError, match="SOME_TABLE, QUEUE_URL"):
        read_settings(Settings, {"QUEUE_URL": ""})
