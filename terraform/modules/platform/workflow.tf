# The workflow service: table, functions.

locals {
  workflow_environment = merge(local.environments.workflow, {
    WORKFLOW_TABLE          = module.workflow_table.name
    AUDIT_TRAIL_QUEUE_URL   = module.audit_trail_queue.url
    NOTIFICATIONS_QUEUE_URL = module.notifications_queue.url
  })

  # What a list of workflows shows (SUMMARY_ATTRIBUTES of the service). The workflow's data is not in the index.
  workflow_summary = [
    "scheme", "schemeVersion", "step", "title", "status", "round", "requester", "version", "createdAt",
  ]
}

module "workflow_table" {
  source = "../table"

  name                = "${local.name}-workflow"
  hash_key            = "pk"
  range_key           = "sk"
  ttl_attribute       = "expiresAt"
  deletion_protection = var.deletion_protection

  attributes = {
    pk          = "S", sk = "S"
    mineOf      = "S", updatedAt = "S"
    outboxShard = "S", occurredAt = "S"
  }

  indexes = {
    mine = {
      hash_key           = "mineOf"
      range_key          = "updatedAt"
      projection         = "INCLUDE"
      non_key_attributes = local.workflow_summary
    }
    # Keys only: the outbox is almost always empty, and the relay reads the events themselves with BatchGetItem.
    outbox = { hash_key = "outboxShard", range_key = "occurredAt", projection = "KEYS_ONLY" }
  }
}

module "workflow_api" {
  source = "../lambda_function"

  name               = "${local.name}-workflow-api"
  package            = local.packages.workflow
  handler            = "workflow_service.handlers.api.handler"
  timeout_seconds    = local.api_timeout_seconds
  memory_mb          = 1024
  environment        = local.workflow_environment
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    {
      actions = [
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query",
        "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
      ]
      resources = [module.workflow_table.arn]
    },
    { actions = ["dynamodb:Query"], resources = [module.workflow_table.index_arns.mine] },
    { actions = ["sqs:SendMessage"], resources = [module.audit_trail_queue.arn, module.notifications_queue.arn] },
  ]
}

module "relay_outbox" {
  source = "../lambda_function"

  name               = "${local.name}-workflow-relay-outbox"
  package            = local.packages.workflow
  handler            = "workflow_service.handlers.relay_outbox.handler"
  timeout_seconds    = 50 # less than a minute, so that a run ends before the next one starts
  environment        = local.workflow_environment
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    { actions = ["dynamodb:Query"], resources = [module.workflow_table.index_arns.outbox] },
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:UpdateItem"]
      resources = [module.workflow_table.arn]
    },
    { actions = ["sqs:SendMessage"], resources = [module.audit_trail_queue.arn, module.notifications_queue.arn] },
  ]
}

module "relay_schedule" {
  source = "../schedule"

  name        = "${local.name}-workflow-relay-outbox"
  description = "Publishes committed events that are still in the outbox"
  expression  = "rate(1 minute)"
  function    = { name = module.relay_outbox.name, arn = module.relay_outbox.arn }
}
