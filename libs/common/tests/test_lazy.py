"""When a service is built, and what the init phase does not spend time on."""

import gc
from collections.abc import Iterator

import pytest
from countersign_common.lazy import Lazy, start_init_phase


@pytest.fixture(autouse=True)
def collected_again() -> Iterator[None]:
    """Leave the garbage collector as it was."""
    gc.unfreeze()
    yield
    gc.enable()
    gc.unfreeze()


def test_outside_lambda_service_is_built_once_on_first_use():
    built: list[int] = []
    lazy = Lazy(lambda: built.append(1) or "the service")
    assert built == []
    assert (lazy(), lazy()) == ("the service", "the service")
    assert built == [1]


def test_in_lambda_service_is_built_on_import_and_only_then(monkeypatch):
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "a-function")
    built: list[int] = []
    lazy = Lazy(lambda: built.append(1) or "the service")
    assert built == [1]
    assert lazy() == "the service"
    assert built == [1]


def test_in_lambda_garbage_is_not_collected_until_service_is_built(monkeypatch):
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "a-function")
    start_init_phase()
    assert not gc.isenabled()
    assert gc.get_freeze_count() == 0
    Lazy(lambda: "the service")
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_outside_lambda_garbage_collection_does_not_change():
    start_init_phase()
    Lazy(lambda: "the service")()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
