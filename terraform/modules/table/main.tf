resource "aws_dynamodb_table" "this" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.hash_key
  range_key    = var.range_key

  deletion_protection_enabled = var.deletion_protection

  dynamic "attribute" {
    for_each = var.attributes
    content {
      name = attribute.key
      type = attribute.value
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.indexes
    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.hash_key
      range_key          = global_secondary_index.value.range_key
      projection_type    = global_secondary_index.value.projection
      non_key_attributes = global_secondary_index.value.non_key_attributes
    }
  }

  dynamic "ttl" {
    for_each = var.ttl_attribute == null ? [] : [var.ttl_attribute]
    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled = true
  }
}

locals {
  # Each rule: actions, and the roles that are not denied. `*` for the principal: it denies everyone who is not named.
  append_only_rules = var.append_only == null ? [] : [
    {
      sid     = "OnlyWritersAdd"
      actions = ["dynamodb:PutItem", "dynamodb:PartiQLInsert"]
      roles   = concat(var.append_only.writers, var.append_only.erasers)
    },
    {
      # BatchWriteItem has no conditions: it can overwrite items.
      sid = "OnlyErasersChange"
      actions = [
        "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PartiQLDelete", "dynamodb:PartiQLUpdate", "dynamodb:UpdateItem",
      ]
      roles = var.append_only.erasers
    },
  ]
}

resource "aws_dynamodb_resource_policy" "this" {
  count = var.append_only == null ? 0 : 1

  resource_arn = aws_dynamodb_table.this.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for rule in local.append_only_rules : merge(
        {
          Sid       = rule.sid
          Effect    = "Deny"
          Principal = "*"
          Action    = rule.actions
          Resource  = aws_dynamodb_table.this.arn
        },
        length(rule.roles) == 0 ? {} : { Condition = { ArnNotEquals = { "aws:PrincipalArn" = rule.roles } } },
      )
    ]
  })
}
