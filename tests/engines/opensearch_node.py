"""A real OpenSearch node with all core modules and no plugins."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path

from engines.engine import SEARCH, Engine, EngineUnavailableError
from engines.java import java_home
from engines.run import Run, download_with_maven
from local_cloud.ports import LOOPBACK, free_port
from local_cloud.servers import Server

NAME = "opensearch"
VERSION = "3.6.0"
SERVICES = (SEARCH,)

_ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
_MAVEN = ["dependency:copy", f"-Dartifact={_ARTIFACT}", "-DoutputDirectory={folder}"]
_USER = "nobody"


def start(run: Run) -> Engine:
    """Download it at the first call, unpack it for this run, and start it.

    Raises:
        EngineUnavailableError: Java 21 or Maven is missing, or it didn't start.
    """
    home = java_home(21)
    folder = run.temporary_folder(NAME)
    archive = next(download_with_maven(f"{NAME}-{VERSION}", _MAVEN).glob("*.zip"))
    shutil.unpack_archive(archive, folder)
    folder, port = folder / f"opensearch-{VERSION}", free_port()
    settings = ["discovery.type: single-node", f"network.host: {LOOPBACK}", f"http.port: {port}"]
    settings.append("transport.port: 0")  # any free port
    (folder / "config" / "opensearch.yml").write_text("\n".join(settings) + "\n")
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "OPENSEARCH_JAVA_HOME": str(home),
        # Most of the time is the start's. With the first compiler alone it takes half as long.
        "OPENSEARCH_JAVA_OPTS": "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1",
    }
    command = [*_as_other_user(folder), "bash", str(folder / "bin" / "opensearch")]
    run.launch(Server(NAME, port, command, environment, f"http://{LOOPBACK}:{port}/", timeout=180.0))
    return Engine(NAME, VERSION, SERVICES, port)


def _as_other_user(folder: Path) -> list[str]:
    """Return the command prefix that root needs: OpenSearch doesn't run as root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    try:
        user = pwd.getpwnam(_USER)
    except KeyError:
        user = None
    if setpriv is None or user is None:
        raise EngineUnavailableError(f"root needs setpriv (apt-get install util-linux) and a user {_USER}")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid)
    return [setpriv, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]
