"""AWS without a network: botocore clients whose requests are answered here, just before they would be sent."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import botocore.session
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

# Read once: a client's model takes longer to load than any test to run.
_MODELS = botocore.session.Session().get_component("data_loader")


@dataclass(frozen=True)
class Call:
    """One request as it would have gone out.

    Attributes:
        operation: `TransactWriteItems`.
        url: with the query.
        body: bytes.
    """

    operation: str
    url: str
    body: bytes

    @property
    def asked(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """What AWS answers: a status, and JSON (or text, as it is)."""

    body: Any = None
    status: int = 200


def an_error(code: str, status: int = 400, **more: Any) -> Answer:
    return Answer({"__type": f"com.amazonaws#{code}", "message": code, **more}, status)


class FakeAws:
    """A session whose clients talk to the answers given here, and the calls they made."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._answers: dict[str, Callable[[Call], Answer]] = {}
        self.session = botocore.session.Session()
        self.session.register_component("data_loader", _MODELS)
        self.session.set_credentials("AKIDEXAMPLE", "a secret")
        self.session.set_config_variable("region", "eu-central-1")
        self.session.register("before-send", self._send)

    def answers(self, operation: str, *answers: Answer | Callable[[Call], Answer]) -> None:
        """Answer an operation: one after the other, the last one for ever; a function answers by itself."""
        rest: Iterator[Answer | Callable[[Call], Answer]] = iter(answers)
        last = next(rest)

        def answer(call: Call) -> Answer:
            nonlocal last
            now, last = last, next(rest, last)
            return now if isinstance(now, Answer) else now(call)

        self._answers[operation] = answer

    def count(self, operation: str) -> int:
        """How many calls of an operation were made."""
        return sum(call.operation == operation for call in self.calls)

    def _send(self, request: AWSPreparedRequest, event_name: str, **_: Any) -> AWSResponse:
        body = request.body or b""
        call = Call(
            event_name.rsplit(".", 1)[-1], request.url, body if isinstance(body, bytes) else body.encode()
        )
        self.calls.append(call)
        answer = self._answers[call.operation](call)
        text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body or {})
        return AWSResponse(request.url, answer.status, {}, _Raw(text.encode()))


class _Raw(io.BytesIO):
    """What AWSResponse reads its content from, as urllib3 has it."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()
