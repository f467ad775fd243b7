"""Keep the user's AWS and Terraform settings out of a local cloud."""

from __future__ import annotations

import os
from collections.abc import Collection, MutableMapping

# curl, Python and Go read each as a name and its subdomains.
_NO_PROXY = ("localhost", "127.0.0.1")


def isolated_environment(environment: MutableMapping[str, str], *, keep: Collection[str] = ()) -> None:
    """Remove AWS and Terraform settings from `environment`, and exclude loopback addresses from every proxy.

    Profiles, keys, endpoints and configuration files would send commands to a real account or make them fail.
    Proxies stay, because packages are downloaded through them.

    Args:
        environment: Changed in place.
        keep: AWS variables to leave as they are.
    """
    for name in list(environment):
        if name not in keep and name.startswith(("AWS_", "TF_WORKSPACE", "TF_VAR_", "TF_CLI_ARGS")):
            del environment[name]
    environment.update(
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
    )
    current = ",".join(environment.get(name, "") for name in ("no_proxy", "NO_PROXY")).replace(" ", "")
    hosts = ",".join(dict.fromkeys(filter(None, (*current.split(","), *_NO_PROXY))))
    environment.update(no_proxy=hosts, NO_PROXY=hosts)
