"""When a service is built, and what the init phase does not spend time on."""

import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from countersign_common.lazy import Lazy, on_first_use, start_init_phase


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


def test_part_is_built_once_by_its_first_use_also_in_lambda(monkeypatch):
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "a-function")
    built: list[str] = []
    part = on_first_use(lambda: built.append("a part") or "the part")
    service = Lazy(lambda: part)()
    assert built == []
    assert (service.upper(), service.title()) == ("THE PART", "The Part")
    assert built == ["a part"]


def test_threads_that_use_a_part_first_build_it_once():
    built: list[str] = []

    def build() -> str:
        time.sleep(0.02)
        built.append("a part")
        return "the part"

    part = on_first_use(build)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda _: part.upper(), range(4))) == ["THE PART"] * 4
    assert built == ["a part"]


def test_part_that_could_not_be_built_is_built_by_the_next_use():
    attempts = iter([RuntimeError("No AWS credentials were found."), None])

    def build() -> str:
        if error := next(attempts):
            raise error
        return "the part"

    part = on_first_use(build)
    with pytest.raises(RuntimeError, match="No AWS credentials"):
        part.upper()
    assert part.upper() == "THE PART"
