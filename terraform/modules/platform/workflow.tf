# The workflow service: table, queue, manifest bucket, functions.

locals {
  workflow_environment = merge(local.environments.workflow, {
    WORKFLOW_TABLE          = module.workflow_table.name
    AUDIT_TRAIL_QUEUE_URL   = module.audit_trail_queue.url
    NOTIFICATIONS_QUEUE_URL = module.notifications_queue.url
  })

  # What a list of workflows shows (SUMMARY_ATTRIBUTES of the service). The workflow's data is not in the index.
  workflow_summary = [
    "scheme", "schemeVersion", "step", "title", "status", "round", "requester", "version", "createdAt", "preview",
    "decisions",
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
  environment        = merge(local.workflow_environment, { USER_POOL_ID = module.identity.user_pool_id })
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
    # Names of approvers, and the lists of people and groups.
    {
      actions = [
        "cognito-idp:AdminGetUser", "cognito-idp:ListUsers", "cognito-idp:ListGroups", "cognito-idp:ListUsersInGroup",
      ]
      resources = [module.identity.user_pool_arn]
    },
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

# What was committed in each minute, for the audit service. Only one function can write it.
module "manifest_bucket" {
  source = "../proof_bucket"

  name             = "${local.name}-manifests-${local.account_id}"
  mode             = var.object_lock.mode
  retention_days   = var.object_lock.retention_days
  writer_role_arns = [module.publish_manifest.role_arn]
  require_tls      = local.on_aws
  force_destroy    = !var.deletion_protection
}

module "publish_manifest" {
  source = "../lambda_function"

  name               = "${local.name}-workflow-publish-manifest"
  package            = local.packages.workflow
  handler            = "workflow_service.handlers.publish_manifest.handler"
  timeout_seconds    = 120  # runs that overlap publish the same manifests
  memory_mb          = 1024 # 10,000 events in one manifest are CPU-bound
  environment        = merge(local.workflow_environment, { MANIFEST_BUCKET = module.manifest_bucket.name })
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
      resources = [module.workflow_table.arn]
    },
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.workflow_table.arn]
      conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["MANIFEST"] } }
    },
    # A sweep over all workflows, 200 in a run.
    { actions = ["dynamodb:Scan"], resources = [module.workflow_table.index_arns.mine] },
    { actions = ["s3:ListBucket"], resources = [module.manifest_bucket.arn] },
    { actions = ["s3:GetObject", "s3:PutObject"], resources = ["${module.manifest_bucket.arn}/manifests/*"] },
    { actions = ["sqs:SendMessage"], resources = [module.audit_trail_queue.arn] },
  ]
}

module "publish_manifest_schedule" {
  source = "../schedule"

  name        = "${local.name}-workflow-publish-manifest"
  description = "Publishes what was committed in each closed minute"
  expression  = "rate(1 minute)"
  function    = { name = module.publish_manifest.name, arn = module.publish_manifest.arn }
}

module "workflow_requests_queue" {
  source = "../queue"

  name                     = "${local.name}-workflow-requests"
  consumer_timeout_seconds = local.consumer_timeout_seconds
  producers                = local.producers.workflow-requests
  consumer_role_arn        = module.handle_audit_requests.role_arn
  require_tls              = local.on_aws
}

# Sends events again that the audit service lacks, and removes the copies of what it has erased.
module "handle_audit_requests" {
  source = "../lambda_function"

  name               = "${local.name}-workflow-handle-audit-requests"
  package            = local.packages.workflow
  handler            = "workflow_service.handlers.handle_audit_requests.handler"
  timeout_seconds    = local.consumer_timeout_seconds
  environment        = local.workflow_environment
  queue              = module.workflow_requests_queue.consumer
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
      resources = [module.workflow_table.arn]
    },
    # Erasures: names and content of states, events, inboxes and schemes.
    {
      actions   = ["dynamodb:UpdateItem"]
      resources = [module.workflow_table.arn]
      conditions = {
        "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["WORKFLOW#*", "INBOX#*", "SCHEME#*", "SCHEMES"] }
      }
    },
    {
      actions    = ["dynamodb:DeleteItem"]
      resources  = [module.workflow_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["INBOX#*"] } }
    },
    { actions = ["sqs:SendMessage"], resources = [module.audit_trail_queue.arn] },
  ]
}
