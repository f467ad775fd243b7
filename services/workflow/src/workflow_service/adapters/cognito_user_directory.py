"""People and groups in a Cognito user pool."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from countersign_common.cache import ExpiringCache
from countersign_common.clock import Clock
from countersign_common.pagination import Page
from countersign_common.parallel import map_parallel
from countersign_common.telemetry import Warn

from workflow_service.domain.directory import DirectoryPerson, Group, Search
from workflow_service.domain.errors import InvalidPositionError, PeopleUnavailableError

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

PAGE_CACHE_TIME = timedelta(seconds=60)
"""How long pages of people and groups are cached: a change has an effect within this time."""

NAME_CACHE_TIME = timedelta(minutes=10)
"""How long a person is cached. There is no call for many names at once, and names change rarely."""

MAX_LOOKUPS = 50
"""Most people that one request reads for their names: the approvers of a step."""

TIME_BUDGET = timedelta(seconds=1.5)
"""Time for the names of one request. Names that are not read by then are left out."""

PAUSE = timedelta(seconds=10)
"""How long names aren't read after Cognito was busy or did not respond."""

_PAGE = 60  # Cognito's largest page
_CACHED_PEOPLE = 20_000
_CACHED_PAGES = 500

_PageKey = tuple[str, str, str | None, int]


class CognitoUserDirectory:
    """`UserDirectory` and `NameDirectory` on a user pool, with a cache per container. Errors are not cached.

    Names of users are not stored: they are never outdated for long, and an erasure doesn't have to find them.
    """

    def __init__(
        self, client: "CognitoIdentityProviderClient", user_pool_id: str, clock: Clock, warn: Warn
    ) -> None:
        self._client = client
        self._user_pool_id = user_pool_id
        self._clock = clock
        self._warn = warn
        self._people: ExpiringCache[str, DirectoryPerson | None] = ExpiringCache(
            clock, max_age=NAME_CACHE_TIME, max_size=_CACHED_PEOPLE
        )
        self._pages: ExpiringCache[_PageKey, Page[Any, str] | None] = ExpiringCache(
            clock, max_age=PAGE_CACHE_TIME, max_size=_CACHED_PAGES
        )
        self._paused_until: datetime | None = None

    def names_of(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        wanted = list(dict.fromkeys(user_ids))
        missing = [each for each in wanted if self._people.get(each) is None][:MAX_LOOKUPS]
        now = self._clock()
        if missing and (self._paused_until is None or now >= self._paused_until):
            deadline = now + TIME_BUDGET
            try:
                map_parallel(lambda user_id: self._get_until(deadline, user_id), missing)
            except PeopleUnavailableError as error:
                self._paused_until = now + PAUSE
                self._warn("names of users are missing in responses", reason=str(error.__cause__ or error))
        return self.known_names(wanted)

    def known_names(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        found = ((each, self._people.get(each)) for each in user_ids)
        return {
            user_id: cached[0].name
            for user_id, cached in found
            if cached is not None and cached[0] is not None and cached[0].name is not None
        }

    def get(self, user_id: str) -> DirectoryPerson | None:
        cached = self._people.get(user_id)
        if cached is not None:
            return cached[0]
        person = self._read_person(user_id)
        self._people.set(user_id, person)
        return person

    def people(
        self, search: Search | None, prefix: str, *, token: str | None, limit: int
    ) -> Page[DirectoryPerson, str]:
        # Cognito and the emulator escape them in different ways in a filter, and no name contains them.
        if not prefix.isprintable() or '"' in prefix or "\\" in prefix:
            return Page(())
        wanted: dict[str, Any] = {} if search is None else {"Filter": f'{search} ^= "{prefix}"'}

        def read() -> Page[DirectoryPerson, str]:
            response = self._client.list_users(
                UserPoolId=self._user_pool_id, **wanted, **_page("PaginationToken", token, limit)
            )
            return Page(self._enabled(response["Users"]), response.get("PaginationToken"))

        return self._cached(("people", str(wanted), token, limit), read) or Page(())

    def groups(self, *, token: str | None, limit: int) -> Page[Group, str]:
        def read() -> Page[Group, str]:
            response = self._client.list_groups(
                UserPoolId=self._user_pool_id, **_page("NextToken", token, limit)
            )
            groups = [Group(each["GroupName"], each.get("Description", "")) for each in response["Groups"]]
            return Page(groups, response.get("NextToken"))

        return self._cached(("groups", "", token, limit), read) or Page(())

    def members(self, group: str, *, token: str | None, limit: int) -> Page[DirectoryPerson, str] | None:
        def read() -> Page[DirectoryPerson, str] | None:
            try:
                response = self._client.list_users_in_group(
                    UserPoolId=self._user_pool_id, GroupName=group, **_page("NextToken", token, limit)
                )
            except self._client.exceptions.ResourceNotFoundException:
                return None
            return Page(self._enabled(response["Users"]), response.get("NextToken"))

        return self._cached(("members", group, token, limit), read)

    def _get_until(self, deadline: datetime, user_id: str) -> None:
        if self._clock() > deadline:
            raise PeopleUnavailableError
        self.get(user_id)

    def _read_person(self, user_id: str) -> DirectoryPerson | None:
        with _directory_errors():
            try:
                user = self._client.admin_get_user(UserPoolId=self._user_pool_id, Username=user_id)
            except self._client.exceptions.UserNotFoundException:
                return None
            return _person(user["UserAttributes"])

    def _enabled(self, users: Sequence[Any]) -> list[DirectoryPerson]:
        people = [_person(user["Attributes"]) for user in users if user.get("Enabled")]
        for person in people:
            self._people.set(person.user_id, person)
        return people

    def _cached(self, key: _PageKey, read: Callable[[], Page[Any, str] | None]) -> Page[Any, str] | None:
        cached = self._pages.get(key)
        if cached is not None:
            return cached[0]
        with _directory_errors():
            page = read()
        self._pages.set(key, page)
        return page


def _page(token_name: str, token: str | None, limit: int) -> dict[str, Any]:
    return {"Limit": min(limit, _PAGE)} | ({} if token is None else {token_name: token})


def _person(attributes: Iterable[Any]) -> DirectoryPerson:
    values = {str(each["Name"]): str(each.get("Value", "")) for each in attributes}
    return DirectoryPerson(values["sub"], values.get("name") or None, values.get("email") or None)


@contextmanager
def _directory_errors() -> Iterator[None]:
    """Raise a domain error for a user pool that is busy or does not respond, and for a token that it rejects."""
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 400)
        if code == "InvalidParameterException":
            # The service sets every other parameter.
            raise InvalidPositionError from error
        if code == "TooManyRequestsException" or status >= 500:
            raise PeopleUnavailableError from error
        raise
    except BotoCoreError as error:
        raise PeopleUnavailableError from error
