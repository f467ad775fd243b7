"""A plan right after an apply has no changes."""

from local_cloud.cloud import Cloud


def test_second_plan_of_the_local_stage_is_empty(cloud):
    assert Cloud.named(cloud.record.name).show_plan()
