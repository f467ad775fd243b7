"""A plan right after an apply has no changes."""

import pytest

from local_cloud.cloud import Cloud

# In one worker with the tests that change the deployed queues.
pytestmark = pytest.mark.xdist_group("queues")


def test_second_plan_of_the_local_stage_is_empty(cloud):
    assert Cloud.named(cloud.record.name).show_plan()
