# The workflow service: its table, its functions, what each may do.

locals {
  workflow_environment = merge(local.environments.workflow, {
    WORKFLOW_TABLE          = module.workflow_table.name
    AUDIT_TRAIL_QUEUE_URL   = module.audit_trail_queue.url
    NOTIFICATIONS_QUEUE_URL = module.notifications_queue.url
  })
  workflow_indexes = module.workflow_table.index_arns
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
    inboxOf     = "S", requestedAt = "S"
    outboxShard = "S", occurredAt = "S"
  }

  indexes = {
    mine   = { hash_key = "mineOf", range_key = "updatedAt" }
    inbox  = { hash_key = "inboxOf", range_key = "requestedAt" }
    outbox = { hash_key = "outboxShard", range_key = "occurredAt" }
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
    { actions = ["dynamodb:Query"], resources = [local.workflow_indexes.mine, local.workflow_indexes.inbox] },
    { actions = ["sqs:SendMessage"], resources = [module.audit_trail_queue.arn, module.notifications_queue.arn] },
  ]
}

module "relay_outbox" {
  source = "../lambda_function"

  name               = "${local.name}-workflow-relay-outbox"
  package            = local.packages.workflow
  handler            = "workflow_service.handlers.relay_outbox.handler"
  timeout_seconds    = 50 # ends before the next run begins
  environment        = local.workflow_environment
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    { actions = ["dynamodb:Query"], resources = [local.workflow_indexes.outbox] },
    { actions = ["dynamodb:UpdateItem"], resources = [module.workflow_table.arn] },
    { actions = ["sqs:SendMessage"], resources = [module.audit_trail_queue.arn, module.notifications_queue.arn] },
  ]
}

module "relay_schedule" {
  source = "../schedule"

  name         = "${local.name}-workflow-relay-outbox"
  description  = "Sends what was committed and is still pending"
  expression   = "rate(1 minute)"
  function_arn = module.relay_outbox.arn
}
