"""A Terraform command as a process, and what an interrupt does to it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping

from local_cloud import processes
from local_cloud.processes import ProcessId


def run(
    command: list[str],
    *,
    environment: Mapping[str, str],
    began: Callable[[ProcessId], None],
    hear: Callable[[str], None],
    finish: bool,
) -> int:
    """Run `command` to its end, out of the terminal's reach.

    An interrupt that reaches Terraform cancels its calls half way: what they have made is there and not in its state,
    and cannot be made again under the same name.

    Args:
        command: and its arguments.
        environment: all that it sees of the environment.
        began: told the process.
        hear: told each line that it prints.
        finish: whether an interrupt waits for its end (a second one does not) or kills it at once.

    Returns:
        Its exit code.

    Raises:
        KeyboardInterrupt: it was interrupted; after its end, or killed.
    """
    interrupted = False
    with subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        began(processes.identified(process.pid))
        assert process.stdout is not None
        while True:
            try:
                for line in process.stdout:
                    hear(line)
                exit_code = process.wait()
                break
            except KeyboardInterrupt:
                if interrupted or not finish:
                    os.killpg(process.pid, signal.SIGKILL)
                    raise
                interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return exit_code
