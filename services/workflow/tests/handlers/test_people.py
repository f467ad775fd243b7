"""People and groups as the API's clients see them."""

import pytest

from workflow_service.domain.errors import InvalidPositionError

from ..builders import ADAM, AUDRA, BO, CLEO, RITA, STAN, a_person

NO_PERSON = "There is no such person."
NO_GROUP = "There is no such group."
BUSY = "The user directory is busy or does not respond. Send the request again later."
INVALID_CURSOR = "Invalid cursor: request the first page again."
RIGA = a_person(8, "Riga", "approvers")


def names(body):
    return [each["name"] for each in body["items"]]


def get(api, caller, url, status=200):
    response = api.send(caller, "GET", url)
    assert response.status == status, response.body
    return response.body


def test_people_are_found_by_the_start_of_their_name_or_address(api, directory):
    directory.add(RIGA, a_person(9, "Ännchen"))
    assert names(get(api, STAN, "/people?query=ri")) == ["Rita", "Riga"]
    assert names(get(api, STAN, "/people?query=Ri")) == ["Rita", "Riga"]
    assert names(get(api, STAN, "/people?query=bo@")) == ["Bo"]
    assert names(get(api, STAN, "/people?query=ita")) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("page_size", [1, 60])
def test_pages_of_people_follow_each_other_and_miss_no_one(api, directory, limit, page_size):
    """Someone can come twice, by name and by address, but never on one page."""
    directory.page_size = page_size
    directory.add(*(a_person(20 + number, f"Ri{number}") for number in range(7)))
    found, cursor = [], ""
    while cursor is not None:
        page = get(api, STAN, f"/people?query=ri&limit={limit}{cursor and f'&cursor={cursor}'}")
        assert len(page["items"]) <= limit
        assert len(set(names(page))) == len(names(page))
        found += names(page)
        cursor = page["cursor"]
    assert set(found) == {"Rita", *(f"Ri{number}" for number in range(7))}


@pytest.mark.parametrize("caller", [ADAM, AUDRA, BO], ids=lambda caller: caller.name)
def test_only_admins_and_auditors_see_addresses(api, caller):
    [rita] = get(api, caller, "/people?query=rita")["items"]
    expected = {"userId": RITA.user_id, "name": "Rita"}
    if caller != BO:
        expected |= {"email": "rita@example.com"}
    assert rita == expected
    assert get(api, caller, f"/people/{RITA.user_id}") == expected


def test_only_admins_list_everyone(api):
    assert names(get(api, ADAM, "/people")) == ["Rita", "Bo", "Cleo", "Stan", "Audra", "Adam"]
    for caller in (RITA, AUDRA):
        assert get(api, caller, "/people", 403)["type"] == "/docs/problems/admins-only.md"
    for query in ("", "%20", "a" * 101):
        assert api.send(ADAM, "GET", f"/people?query={query}").status == 400


def test_a_disabled_person_is_not_found_and_can_be_read(api, directory):
    directory.disabled.add(BO.user_id)
    assert names(get(api, STAN, "/people?query=bo")) == []
    assert get(api, STAN, f"/people/{BO.user_id}")["name"] == "Bo"


def test_a_person_who_does_not_exist_is_404(api):
    problem = get(api, ADAM, f"/people/{a_person(99, 'X').user_id}", 404)
    assert (problem["type"], problem["detail"]) == ("/docs/problems/not-found.md", NO_PERSON)


def test_groups_are_listed_for_admins(api):
    assert get(api, ADAM, "/groups")["items"][0] == {"name": "admins", "description": "The admins"}
    page = get(api, ADAM, "/groups?limit=3")
    rest = get(api, ADAM, f"/groups?limit=3&cursor={page['cursor']}")
    assert names(page) + names(rest) == ["admins", "approvers", "auditors", "others"]
    assert rest["cursor"] is None
    for caller in (RITA, AUDRA):
        assert api.send(caller, "GET", "/groups").problem == "admins-only"


def test_members_are_listed_for_admins_without_those_who_are_disabled(api, directory):
    directory.add(RIGA)
    assert names(get(api, ADAM, "/groups/approvers/members")) == ["Cleo", "Riga"]
    page = get(api, ADAM, "/groups/approvers/members?limit=1")
    assert names(get(api, ADAM, f"/groups/approvers/members?cursor={page['cursor']}")) == ["Riga"]
    directory.disabled.add(CLEO.user_id)
    assert names(get(api, ADAM, "/groups/approvers/members")) == ["Riga"]
    problem = get(api, ADAM, "/groups/no-such-group/members", 404)
    assert (problem["type"], problem["detail"]) == ("/docs/problems/not-found.md", NO_GROUP)


def test_everyone_sees_the_members_of_a_group_that_a_scheme_has_among_its_approvers(api):
    api.put_scheme(groups=["approvers"])
    [member] = get(api, RITA, "/groups/approvers/members?scheme=expenses")["items"]
    assert member == {"userId": CLEO.user_id, "name": "Cleo"}
    for url in (
        "/groups/approvers/members",
        "/groups/others/members?scheme=expenses",
        "/groups/approvers/members?scheme=no-such-scheme",
    ):
        assert get(api, RITA, url, 403)["type"] == "/docs/problems/admins-only.md"
    api.put_scheme(groups=["others"])
    assert api.send(RITA, "GET", "/groups/approvers/members?scheme=expenses").status == 403


@pytest.mark.parametrize(
    "url",
    ["/people?query=r", "/people", f"/people/{RITA.user_id}", "/groups", "/groups/approvers/members"],
)
def test_a_directory_that_does_not_respond_is_503(api, directory, url):
    directory.is_down = True
    response = api.send(ADAM, "GET", url)
    assert (response.status, response.problem) == (503, "people-unavailable")
    assert response.body["detail"] == BUSY
    assert response.headers["retry-after"] == "5"


def test_a_cursor_that_the_list_or_the_directory_does_not_know_is_400(api, directory):
    directory.page_size = 1
    cursor = get(api, ADAM, "/groups?limit=1")["cursor"]
    for url in ("/people", "/people?query=r", "/groups/approvers/members"):
        separator = "&" if "?" in url else "?"
        assert api.send(ADAM, "GET", f"{url}{separator}cursor={cursor}").problem == "invalid-cursor"
    directory._page = _expired
    problem = get(api, ADAM, f"/groups?cursor={cursor}", 400)
    assert (problem["type"], problem["detail"]) == ("/docs/problems/invalid-cursor.md", INVALID_CURSOR)


def _expired(*_):
    raise InvalidPositionError
