mock_provider "aws" {
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/countersign-test" }
  }
}

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

run "a_table_has_no_policy_by_default" {
  command = apply

  assert {
    condition     = length(aws_dynamodb_resource_policy.this) == 0
    error_message = "Only an append-only table has a policy."
  }
}

run "an_append_only_table_denies_every_change" {
  command = apply

  variables {
    append_only = { writers = ["arn:aws:iam::123456789012:role/writer"] }
  }

  assert {
    condition = jsondecode(aws_dynamodb_resource_policy.this[0].policy).Statement == [
      {
        Sid       = "OnlyWritersAdd"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["dynamodb:PutItem", "dynamodb:PartiQLInsert"]
        Resource  = "arn:aws:dynamodb:eu-central-1:123456789012:table/countersign-test"
        Condition = { ArnNotEquals = { "aws:PrincipalArn" = ["arn:aws:iam::123456789012:role/writer"] } }
      },
      {
        Sid       = "OnlyErasersChange"
        Effect    = "Deny"
        Principal = "*"
        Action = [
          "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PartiQLDelete", "dynamodb:PartiQLUpdate", "dynamodb:UpdateItem",
        ]
        Resource = "arn:aws:dynamodb:eu-central-1:123456789012:table/countersign-test"
      },
    ]
    error_message = "Only the writers may add items, and no one may change or delete one."
  }
}

run "erasers_may_change_items" {
  command = apply

  variables {
    append_only = { writers = ["arn:aws:iam::123456789012:role/writer"], erasers = ["arn:aws:iam::123456789012:role/eraser"] }
  }

  assert {
    condition = (
      jsondecode(aws_dynamodb_resource_policy.this[0].policy).Statement[1].Condition.ArnNotEquals["aws:PrincipalArn"]
      == ["arn:aws:iam::123456789012:role/eraser"]
    )
    error_message = "The erasers must be the only ones that may change an item."
  }
}
