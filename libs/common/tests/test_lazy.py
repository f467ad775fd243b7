"""When a service is built."""

from countersign_common.lazy import Lazy


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
