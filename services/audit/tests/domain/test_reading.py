"""Who may read."""

from audit_service.domain.reading import may_read, reads_everything


def test_an_auditor_reads_everything():
    assert reads_everything({"user:a", "group:auditors"})
    assert may_read({"user:a", "group:auditors"}, ())


def test_who_takes_part_reads_whether_named_himself_or_by_a_group():
    assert may_read({"user:a"}, ["user:a", "user:b"])
    assert may_read({"user:a", "group:approvers"}, ["group:approvers"])


def test_anybody_else_does_not():
    assert not may_read({"user:a", "group:users"}, ["user:b", "group:approvers"])
    assert not may_read({"user:auditors"}, ["user:b"])
    assert not reads_everything({"user:auditors", "group:auditors-of-something"})
