"""Lists over HTTP: from a cursor to a position, and from a page to an answer with a cursor."""

import re
from collections.abc import Callable
from typing import Any

from countersign_common.caller import Caller
from countersign_common.cursors import Cursors
from countersign_common.problems import Fault, bad_request
from countersign_common.requests import Request, Response, ok

from workflow_service.use_cases.pages import Page

# What a place in a list looks like: an instant and an id, a name, or a number.
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z#[0-9a-f-]{36}\Z")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
NUMBER = re.compile(r"[0-9]{1,9}\Z")


def cursored(
    request: Request,
    list_name: str,
    position: re.Pattern[str],
    page_from: Callable[[Caller, str | None, int], Page[Any]],
) -> Response:
    """Answer one page of a list. Raises Problem 400 for a cursor that this list did not give.

    Args:
        list_name: with the filters, what tells this list from others; its cursors fit no other.
        position: what a place in this list looks like. A cursor is no secret, so anybody can write one.
        page_from: the caller's page after a place, of at most so many items.
    """
    cursors = Cursors(list_name, request.caller.user_id)
    start = cursors.read(request.query["cursor"])
    if start is not None and not (isinstance(start, str) and position.match(start)):
        raise bad_request([Fault("query", "/cursor", "not a cursor of this list")])
    page = page_from(request.caller, start, request.query["limit"])
    return ok({"items": page.items, "cursor": cursors.write(page.next_position)})
