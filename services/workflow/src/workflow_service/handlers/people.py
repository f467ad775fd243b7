"""Routes of people and groups."""

from typing import Any

from countersign_common.errors import AdminsOnlyError, NotFoundError, StoreUnavailableError
from countersign_common.http.cursors import Cursors, page_response
from countersign_common.http.request import Request
from countersign_common.http.response import Response, ok
from countersign_common.http.routes import Route

from workflow_service.bootstrap.api import Service
from workflow_service.domain.directory import PeoplePosition
from workflow_service.domain.errors import InvalidPositionError, PeopleUnavailableError
from workflow_service.schemas import examples
from workflow_service.schemas.requests import (
    DirectoryQuery,
    GroupPath,
    MembersQuery,
    PeopleQuery,
    PersonPath,
)
from workflow_service.schemas.responses import DirectoryPersonSchema, GroupPage, PersonPage

_MAX_TOKEN = 4_000


def list_people(request: Request, service: Service) -> Response:
    """List people.

    Those whose name starts with the query, then those whose e-mail address does; someone can come in both parts.
    Disabled users are left out. The user directory doesn't order them. A new user appears within a minute.
    """
    query, caller = request.query["query"], request.caller
    cursors = Cursors(_parse_people_position, "people", query, caller.user_id)
    page = service.list_people(
        query, caller, position=cursors.read(request.query["cursor"]), limit=request.query["limit"]
    )
    position = page.next_position
    return ok(
        {
            "items": page.items,
            "cursor": cursors.write(None if position is None else [position.search, position.token]),
        }
    )


def get_person(request: Request, service: Service) -> Response:
    """Get a person.

    Also one who is disabled. A change appears within ten minutes.
    """
    return ok(service.get_person(request.path["user_id"], request.caller))


def list_groups(request: Request, service: Service) -> Response:
    """List groups.

    Only for members of the group `admins`. A new group appears within a minute.
    """
    caller = request.caller
    cursors = Cursors(_parse_token, "groups", caller.user_id)
    return page_response(
        request, cursors, lambda token, limit: service.list_groups(caller, token=token, limit=limit)
    )


def list_group_members(request: Request, service: Service) -> Response:
    """List the members of a group.

    For members of the group `admins`. Everyone else sees the members of an approver group: they name a scheme whose
    newest version has it. Disabled users are left out. A change appears within a minute.
    """
    name, scheme_id, caller = request.path["name"], request.query["scheme"], request.caller
    cursors = Cursors(_parse_token, f"members/{name}", caller.user_id)
    return page_response(
        request,
        cursors,
        lambda token, limit: service.list_group_members(name, scheme_id, caller, token=token, limit=limit),
    )


def _parse_token(position: Any) -> str:
    if not isinstance(position, str) or not 1 <= len(position) <= _MAX_TOKEN:
        raise ValueError("not a token")
    return position


def _parse_people_position(position: Any) -> PeoplePosition:
    search, token = position
    if search not in (None, "name", "email"):
        raise ValueError("not a search")
    return PeoplePosition(search, None if token is None else _parse_token(token))


ROUTES: tuple[Route[Service], ...] = (
    Route(
        "GET /people",
        list_people,
        query=PeopleQuery,
        response=PersonPage,
        errors=(AdminsOnlyError, InvalidPositionError, PeopleUnavailableError),
        response_example=examples.page_of(examples.PERSON),
    ),
    Route(
        "GET /people/{userId}",
        get_person,
        path=PersonPath,
        response=DirectoryPersonSchema,
        errors=(NotFoundError, PeopleUnavailableError),
        response_example=examples.PERSON,
    ),
    Route(
        "GET /groups",
        list_groups,
        query=DirectoryQuery,
        response=GroupPage,
        errors=(AdminsOnlyError, InvalidPositionError, PeopleUnavailableError),
        response_example=examples.page_of(examples.GROUP),
    ),
    Route(
        "GET /groups/{name}/members",
        list_group_members,
        path=GroupPath,
        query=MembersQuery,
        response=PersonPage,
        errors=(
            AdminsOnlyError,
            NotFoundError,
            InvalidPositionError,
            PeopleUnavailableError,
            StoreUnavailableError,
        ),
        response_example=examples.page_of(examples.PERSON),
    ),
)
