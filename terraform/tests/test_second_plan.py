"""What was applied is what is described: a plan right after the apply has nothing to do."""

from local_cloud.cloud import Cloud


def test_a_second_plan_of_the_local_stage_is_empty(cloud):
    assert Cloud.named(cloud.record.name).plan_is_empty()
