mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::countersign-test" }
  }
}

variables {
  name             = "countersign-test"
  mode             = "COMPLIANCE"
  retention_days   = 2557
  writer_role_arns = ["arn:aws:iam::123456789012:role/writer"]
  force_destroy    = false
}

run "objects_are_locked_for_the_retention" {
  command = apply

  assert {
    condition     = aws_s3_bucket.this.object_lock_enabled && aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must have versions and Object Lock."
  }

  assert {
    condition = (
      aws_s3_bucket_object_lock_configuration.this.rule[0].default_retention[0].mode == "COMPLIANCE"
      && aws_s3_bucket_object_lock_configuration.this.rule[0].default_retention[0].days == 2557
    )
    error_message = "Each object must have the default retention."
  }
}

run "only_the_writers_write_and_no_one_deletes" {
  command = apply

  assert {
    condition = {
      for statement in jsondecode(aws_s3_bucket_policy.this[0].policy).Statement : statement.Sid => statement.Effect
    } == { DenyRequestsWithoutTls = "Deny", DenyWritesByOthers = "Deny", DenyDeletions = "Deny" }
    error_message = "The policy must deny requests without TLS, writes by others, and deletions."
  }

  assert {
    condition = one([
      for statement in jsondecode(aws_s3_bucket_policy.this[0].policy).Statement :
      statement.Condition.ArnNotLike["aws:PrincipalArn"] if statement.Sid == "DenyWritesByOthers"
    ]) == ["arn:aws:iam::123456789012:role/writer", "arn:aws:sts::123456789012:assumed-role/writer/*"]
    error_message = "The policy must except the writers."
  }
}

run "a_bucket_that_can_be_destroyed_allows_deletions" {
  command = apply

  variables {
    mode          = "GOVERNANCE"
    force_destroy = true
  }

  assert {
    condition = !contains([
      for statement in jsondecode(aws_s3_bucket_policy.this[0].policy).Statement : statement.Sid
    ], "DenyDeletions")
    error_message = "terraform destroy must be able to delete the objects."
  }
}

run "a_bucket_without_writers_and_tls_has_no_policy" {
  command = apply

  variables {
    writer_role_arns = []
    require_tls      = false
    force_destroy    = true
  }

  assert {
    condition     = length(aws_s3_bucket_policy.this) == 0
    error_message = "An empty policy is invalid."
  }
}

run "an_unknown_mode_is_rejected" {
  command = plan

  variables {
    mode = "NONE"
  }

  expect_failures = [var.mode]
}
