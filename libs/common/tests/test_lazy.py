"""When a service is built."""

from countersign_common.wiring import Wired


def test_outside_lambda_nothing_is_built_before_its_first_use():
    built: list[int] = []
    wired = Wired(lambda: built.append(1) or "the service")
    assert built == []
    assert (wired(), wired()) == ("the service", "the service")
    assert built == [1]


def test_in_lambda_it_is_built_at_once_and_only_then(monkeypatch):
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "a-function")
    built: list[int] = []
    wired = Wired(lambda: built.append(1) or "the service")
    assert built == [1]
    assert wired() == "the service"
    assert built == [1]
