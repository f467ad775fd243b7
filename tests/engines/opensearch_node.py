"""A real OpenSearch node: all core modules, no plugins."""

from __future__ import annotations

import os
import pwd
import shutil
import time
import zipfile
from pathlib import Path

from engines.engine import SEARCH, Engine, EngineUnavailableError
from engines.java import java_home
from engines.maven import fetched
from engines.run import Run
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.servers import Server

NAME = "opensearch"
VERSION = "3.6.0"
SERVICES = (SEARCH,)

_ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
_OLDEST_JAVA = 21
_PATIENCE = 180.0
# A short life: the time is the start's, and the first compiler alone halves that.
_JAVA_OPTIONS = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1"
_UNPRIVILEGED = "nobody"


def start(run: Run) -> Engine:
    """Fetch it on the first call, unpack it for this run, and start it.

    Raises:
        EngineUnavailableError: no Java 21, no Maven, or it did not start.
    """
    home = java_home(_OLDEST_JAVA)
    found = fetched(run, f"{NAME}-{VERSION}", _copied)
    folder = _unpacked(next(found.glob("*.zip")), run)
    port = free_port()
    settings = ["discovery.type: single-node", f"network.host: {LOOPBACK}", f"http.port: {port}"]
    # Port 0: any free one; nobody else joins this cluster.
    settings.append("transport.port: 0")
    (folder / "config" / "opensearch.yml").write_text("\n".join(settings) + "\n")
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "OPENSEARCH_JAVA_HOME": str(home),
        "OPENSEARCH_JAVA_OPTS": _JAVA_OPTIONS,
    }
    command = [*_as_somebody_else(folder), "bash", str(folder / "bin" / "opensearch")]
    engine = Server(NAME, port, command, environment, f"http://{LOOPBACK}:{port}/")
    run.launch(engine, folder=folder, deadline=time.monotonic() + _PATIENCE)
    return Engine(NAME, VERSION, SERVICES, port)


def _copied(target: Path) -> list[str]:
    return ["dependency:copy", f"-Dartifact={_ARTIFACT}", f"-DoutputDirectory={target}"]


def _unpacked(distribution: Path, run: Run) -> Path:
    folder = run.outside(NAME)
    try:
        with zipfile.ZipFile(distribution) as packed:
            packed.extractall(folder)
    except zipfile.BadZipFile as error:
        raise EngineUnavailableError(
            f"{distribution} is damaged ({error}); remove its folder to have it fetched again"
        ) from error
    return folder / f"opensearch-{VERSION}"


def _as_somebody_else(folder: Path) -> list[str]:
    """OpenSearch refuses to run as root: what to put before its command there."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EngineUnavailableError(
            "it does not run as root, and setpriv is not on the PATH (apt-get install util-linux)"
        )
    try:
        user = pwd.getpwnam(_UNPRIVILEGED)
    except KeyError:
        raise EngineUnavailableError(
            f"it does not run as root, and there is no user {_UNPRIVILEGED}"
        ) from None
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)
    return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]
