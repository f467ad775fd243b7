"""The servers of the local cloud are not reachable from other machines."""

import pytest

from harness.listening import expect_loopback
from local_cloud.running import RunningCloud
from local_cloud.servers import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_server_listens_on_loopback_only(cloud: RunningCloud, name: str) -> None:
    expect_loopback(cloud.record.processes[name])
