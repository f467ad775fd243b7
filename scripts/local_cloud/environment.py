"""What the caller's environment must not decide: which AWS is spoken to, and by which way."""

from __future__ import annotations

import os
from collections.abc import Collection, MutableMapping

# A proxy cannot reach this machine's own loopback; curl, Python and Go read these as name and its subdomains.
_DIRECT = ("localhost", "127.0.0.1")
# Workspace, variables and arguments that a person exported for another project.
_TERRAFORM = ("TF_WORKSPACE", "TF_VAR_", "TF_CLI_ARGS")


def isolated_environment(environment: MutableMapping[str, str], *, but: Collection[str] = ()) -> None:
    """Take a person's AWS and Terraform settings out of `environment`, and lead loopback past every proxy.

    Profiles, keys, endpoints and settings files would send an embedded cloud's commands to an account, or fail them.
    Proxies stay for the rest: packages are fetched through them.

    Args:
        environment: changed in place.
        but: names of AWS variables that stay.
    """
    for name in [name for name in environment if name not in but and name.startswith(("AWS_", *_TERRAFORM))]:
        del environment[name]
    environment.update(
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
    )
    named = [environment[name] for name in ("no_proxy", "NO_PROXY") if environment.get(name)]
    direct = ",".join(dict.fromkeys([*",".join(named).replace(" ", "").split(","), *_DIRECT])).strip(",")
    environment.update(no_proxy=direct, NO_PROXY=direct)
