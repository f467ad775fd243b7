"""The console is served with the headers that Terraform defines, and compressed, as CloudFront serves it."""

import gzip

import pytest
import requests

from local_cloud.running import RunningCloud


def get(cloud: RunningCloud, path: str = "", **headers: str) -> requests.Response:
    """Request a file. Write header names with underscores for hyphens."""
    session = requests.Session()
    session.trust_env = False
    return session.get(
        cloud.console_url + path,
        headers={name.replace("_", "-"): value for name, value in headers.items()},
        timeout=10,
        stream=True,
    )


def policy(cloud: RunningCloud) -> dict[str, list[str]]:
    """Return the Content-Security-Policy: directive → sources."""
    directives = get(cloud).headers["content-security-policy"].split("; ")
    return {name: sources for name, *sources in map(str.split, directives)}


@pytest.mark.parametrize("path", ["", "index.html", "config.json", "session-worker.js", "no-such-file.js"])
def test_every_response_has_the_headers(cloud: RunningCloud, path: str) -> None:
    headers = get(cloud, path).headers
    expected = cloud.outputs["console_headers"]
    assert {name: headers.get(name) for name in expected} == expected
    assert headers["x-content-type-options"] == "nosniff"


def test_scripts_come_from_the_console_only(cloud: RunningCloud) -> None:
    directives = policy(cloud)
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["worker-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert [name for name, sources in directives.items() if "'unsafe-inline'" in sources] == ["style-src"]
    assert not any("'unsafe-eval'" in sources for sources in directives.values())


def test_connections_go_to_the_cloud_only(cloud: RunningCloud) -> None:
    iot = f"ws://{cloud.outputs['iot_endpoint']}"
    assert policy(cloud)["connect-src"] == ["'self'", cloud.endpoint, iot]


def test_page_is_compressed_for_a_client_that_accepts_it(cloud: RunningCloud) -> None:
    plain, compressed = (get(cloud, accept_encoding=encoding) for encoding in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers
    assert compressed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(compressed.raw.read()) == plain.content


def test_browser_revalidates_files_without_a_hash_in_their_name(cloud: RunningCloud) -> None:
    response = get(cloud)
    assert response.headers["cache-control"] == "no-cache"
    assert get(cloud, if_none_match=response.headers["etag"]).status_code == 304


def test_missing_file_is_404(cloud: RunningCloud) -> None:
    assert get(cloud, "assets/no-such-file.js").status_code == 404
