"""The user directory on responses of Cognito."""

from datetime import datetime, timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from countersign_common.pagination import Page

from workflow_service.adapters import cognito_user_directory as adapter
from workflow_service.adapters.cognito_user_directory import CognitoUserDirectory
from workflow_service.domain.directory import DirectoryPerson, Group
from workflow_service.domain.errors import InvalidPositionError, PeopleUnavailableError

from ..builders import BO, NOON, RITA
from ..fakes import RecordedWarnings


def attributes(user_id: str, name: str | None) -> list[dict[str, str]]:
    found = [{"Name": "sub", "Value": user_id}, {"Name": "email", "Value": f"{user_id}@example.com"}]
    return found + ([] if name is None else [{"Name": "name", "Value": name}])


def person(user_id: str, name: str | None) -> DirectoryPerson:
    return DirectoryPerson(user_id, name, f"{user_id}@example.com")


class StubbedClient:
    """A client that responds with what a test sets, and records the calls."""

    exceptions = boto3.client("cognito-idp", region_name="eu-central-1").exceptions

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.names: dict[str, str | None] = {}
        self.error: Exception | None = None
        self.responses: dict[str, Any] = {}

    def _respond(self, operation: str, arguments: dict[str, Any]) -> Any:
        assert arguments.pop("UserPoolId") == "pool"
        self.calls.append((operation, arguments))
        if self.error is not None:
            raise self.error
        return self.responses.get(operation)

    def admin_get_user(self, **arguments: Any) -> Any:
        self._respond("AdminGetUser", arguments)
        if arguments["Username"] not in self.names:
            raise self.exceptions.UserNotFoundException({"Error": {"Code": "UserNotFoundException"}}, "")
        return {"UserAttributes": attributes(arguments["Username"], self.names[arguments["Username"]])}

    def list_users(self, **arguments: Any) -> Any:
        return self._respond("ListUsers", arguments)

    def list_groups(self, **arguments: Any) -> Any:
        return self._respond("ListGroups", arguments)

    def list_users_in_group(self, **arguments: Any) -> Any:
        return self._respond("ListUsersInGroup", arguments)


class Setup:
    """The adapter, its clock and its warnings."""

    def __init__(self) -> None:
        self.now: datetime = NOON
        self.client = StubbedClient()
        self.warnings = RecordedWarnings()
        self.directory = CognitoUserDirectory(self.client, "pool", lambda: self.now, self.warnings)

    @property
    def read(self) -> list[str]:
        return [arguments["Username"] for operation, arguments in self.client.calls]


@pytest.fixture
def setup() -> Setup:
    return Setup()


def client_error(code: str, status: int = 400) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "operation")


def test_names_are_read_once_and_again_after_ten_minutes(setup):
    setup.client.names = {"a": "Ann", "b": None}
    for _ in range(2):
        assert setup.directory.names_of(["a", "b", "c", "a"]) == {"a": "Ann"}
    assert sorted(setup.read) == ["a", "b", "c"]
    setup.now += adapter.NAME_CACHE_TIME
    setup.client.names["a"] = "Anna"
    assert setup.directory.names_of(["a"]) == {"a": "Anna"}


def test_known_names_read_nothing(setup):
    setup.client.names = {"a": "Ann"}
    assert setup.directory.known_names(["a"]) == {}
    setup.directory.get("a")
    setup.client.calls.clear()
    assert setup.directory.known_names(["a"]) == {"a": "Ann"}
    assert setup.client.calls == []


@pytest.mark.parametrize(
    "error",
    [
        client_error("TooManyRequestsException"),
        client_error("InternalErrorException", 500),
        ReadTimeoutError(endpoint_url="https://cognito"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_names_that_cannot_be_read_are_missing_and_are_not_read_again_for_ten_seconds(setup, error):
    setup.client.error = error
    assert setup.directory.names_of([RITA.user_id]) == {}
    assert [line for line, _ in setup.warnings.lines] == ["names of users are missing in responses"]
    setup.client.error = None
    setup.client.names = {RITA.user_id: "Rita"}
    setup.now += adapter.PAUSE - timedelta(seconds=1)
    assert setup.directory.names_of([RITA.user_id]) == {}
    setup.now += timedelta(seconds=1)
    assert setup.directory.names_of([RITA.user_id]) == {RITA.user_id: "Rita"}
    assert len(setup.client.calls) == 2


def test_a_request_reads_at_most_fifty_names(setup):
    setup.client.names = {f"u{number}": "X" for number in range(60)}
    assert len(setup.directory.names_of(setup.client.names)) == 50
    assert len(setup.directory.names_of(setup.client.names)) == 60


def test_a_person_who_does_not_exist_is_cached_as_well(setup):
    assert [setup.directory.get("a"), setup.directory.get("a")] == [None, None]
    assert len(setup.client.calls) == 1


def test_a_search_is_a_filter_with_enabled_people_and_is_cached_for_a_minute(setup):
    users = [
        {"Enabled": True, "Attributes": attributes("a", "Ann")},
        {"Enabled": False, "Attributes": attributes("b", "Anton")},
    ]
    setup.client.responses["ListUsers"] = {"Users": users, "PaginationToken": "next"}
    expected = Page([person("a", "Ann")], "next")
    for _ in range(2):
        assert setup.directory.people("name", "An", token="t", limit=99) == expected
    search = ("ListUsers", {"Filter": 'name ^= "An"', "Limit": 60, "PaginationToken": "t"})
    assert setup.client.calls == [search]
    assert setup.directory.known_names(["a"]) == {"a": "Ann"}
    setup.now += adapter.PAGE_CACHE_TIME
    setup.directory.people("name", "An", token="t", limit=99)
    assert setup.client.calls == [search, search]


def test_everyone_is_listed_without_a_filter(setup):
    setup.client.responses["ListUsers"] = {"Users": []}
    assert setup.directory.people(None, "", token=None, limit=5) == Page([])
    assert setup.client.calls == [("ListUsers", {"Limit": 5})]


@pytest.mark.parametrize("prefix", ['a" or sub ^= "', "a\\"])
def test_a_text_that_would_end_the_filter_finds_no_one(setup, prefix):
    assert setup.directory.people("name", prefix, token=None, limit=5) == Page(())
    assert setup.client.calls == []


def test_groups_and_members_have_pages(setup):
    setup.client.responses["ListGroups"] = {
        "Groups": [{"GroupName": "a", "Description": "The A"}, {"GroupName": "b"}],
        "NextToken": "n",
    }
    assert setup.directory.groups(token=None, limit=2) == Page([Group("a", "The A"), Group("b", "")], "n")
    setup.client.responses["ListUsersInGroup"] = {
        "Users": [{"Enabled": True, "Attributes": attributes("a", None)}]
    }
    assert setup.directory.members("a", token="t", limit=2) == Page([person("a", None)])
    assert setup.client.calls[-1] == (
        "ListUsersInGroup",
        {"GroupName": "a", "Limit": 2, "NextToken": "t"},
    )


def test_a_group_that_does_not_exist_has_no_page(setup):
    code = "ResourceNotFoundException"
    setup.client.error = setup.client.exceptions.ResourceNotFoundException({"Error": {"Code": code}}, "")
    assert setup.directory.members("a", token=None, limit=2) is None


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("TooManyRequestsException", PeopleUnavailableError),
        ("InvalidParameterException", InvalidPositionError),
        ("NotAuthorizedException", ClientError),
    ],
)
def test_errors_of_cognito_are_domain_errors_and_are_not_cached(setup, code, raised):
    setup.client.error = client_error(code)
    calls = (
        lambda: setup.directory.people("name", "a", token="t", limit=5),
        lambda: setup.directory.groups(token="t", limit=5),
        lambda: setup.directory.members("a", token="t", limit=5),
    )
    for call in calls:
        with pytest.raises(raised):
            call()
    setup.client.error = None
    setup.client.responses["ListGroups"] = {"Groups": []}
    assert setup.directory.groups(token="t", limit=5) == Page([])


def test_names_are_missing_when_the_time_is_over(setup):
    setup.client.names = {BO.user_id: "Bo", RITA.user_id: "Rita"}
    times = iter([NOON] * 5 + [NOON + timedelta(seconds=9)] * 50)
    slow = CognitoUserDirectory(setup.client, "pool", lambda: next(times), setup.warnings)
    assert len(slow.names_of([BO.user_id, RITA.user_id])) < 2
