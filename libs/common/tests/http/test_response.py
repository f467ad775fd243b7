"""Responses."""

from countersign_common.http.response import accepted, created, etag, no_content, ok


def test_ok_has_an_etag_if_the_item_has_a_version():
    assert (ok({}).status, ok({}).headers, ok({}, version=3).headers) == (200, {}, {"etag": '"3"'})


def test_created_has_a_location_and_an_etag():
    response = created({}, location="/x/1", version=1)
    assert (response.status, response.headers) == (201, {"location": "/x/1", "etag": etag(1)})
    assert created({}).headers == {}


def test_accepted_says_where_to_look():
    response = accepted({"state": "REQUESTED"}, location="/x/1")
    assert (response.status, response.headers) == (202, {"location": "/x/1"})


def test_no_content_has_no_body():
    assert (no_content().status, no_content().body) == (204, None)
