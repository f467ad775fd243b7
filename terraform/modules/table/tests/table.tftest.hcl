mock_provider "aws" {}

variables {
  name                = "countersign-test"
  hash_key            = "id"
  attributes          = { id = "S", owner = "S", createdAt = "S" }
  deletion_protection = true
}

run "a_table_is_encrypted_and_can_be_restored" {
  command = apply

  assert {
    condition = (
      aws_dynamodb_table.this.server_side_encryption[0].enabled
      && aws_dynamodb_table.this.point_in_time_recovery[0].enabled
      && aws_dynamodb_table.this.deletion_protection_enabled
    )
    error_message = "The table must be encrypted, protected from deletion, and have point-in-time recovery."
  }
}

run "an_index_projects_what_it_names" {
  command = apply

  variables {
    indexes = {
      summaries = { hash_key = "owner", range_key = "createdAt", projection = "INCLUDE", non_key_attributes = ["title"] }
    }
  }

  assert {
    condition = one([
      for index in aws_dynamodb_table.this.global_secondary_index :
      index.projection_type == "INCLUDE" && index.non_key_attributes == toset(["title"])
    ])
    error_message = "The index must project the title in addition to the keys."
  }
}

run "include_without_attributes_is_rejected" {
  command = plan

  variables {
    indexes = { summaries = { hash_key = "owner", range_key = "createdAt", projection = "INCLUDE" } }
  }

  expect_failures = [var.indexes]
}

run "attributes_without_include_are_rejected" {
  command = plan

  variables {
    indexes = {
      summaries = { hash_key = "owner", range_key = "createdAt", projection = "KEYS_ONLY", non_key_attributes = ["title"] }
    }
  }

  expect_failures = [var.indexes]
}
