"""Responses."""

from countersign_common.http.response import created, etag, ok


def test_ok_has_an_etag_if_the_item_has_a_version():
    assert (ok({}).status, ok({}).headers, ok({}, version=3).headers) == (200, {}, {"etag": '"3"'})


def test_created_has_a_location_and_an_etag():
    response = created({}, location="/x/1", version=1)
    assert (response.status, response.headers) == (201, {"location": "/x/1", "etag": etag(1)})
    assert created({}).headers == {}
