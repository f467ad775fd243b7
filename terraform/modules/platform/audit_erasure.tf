# The function that erases: users, and what has been kept for long enough.

locals {
  erase_timeout_seconds = 300 # a run starts no step after a minute
}

module "audit_requests_queue" {
  source = "../queue"

  name                     = "${local.name}-audit-requests"
  consumer_timeout_seconds = local.erase_timeout_seconds
  producers                = local.producers.audit-requests
  consumer_role_arn        = module.erase.role_arn
  require_tls              = local.on_aws
}

# The only function that changes stored records. It also records the audit service's own events.
module "erase" {
  source = "../lambda_function"

  name                 = "${local.name}-audit-erase"
  package              = local.packages.audit
  handler              = "audit_service.handlers.erase.handler"
  timeout_seconds      = local.erase_timeout_seconds
  reserved_concurrency = 2    # a legal hold is recorded while an erasure runs, which requests its own continuation
  memory_mb            = 1024 # 100 records at once
  queue                = merge(module.audit_requests_queue.consumer, { batch_size = 1 })
  log_retention_days   = var.log_retention_days
  tracing              = var.tracing

  environment = merge(local.audit_environment, {
    AUDIT_REQUESTS_QUEUE_URL            = module.audit_requests_queue.url
    AUDIT_TRAIL_DEAD_LETTER_QUEUE_URL   = module.audit_trail_queue.dead_letter_url
    ERASURE_RECHECK_SECONDS             = var.erasure_recheck_seconds
    NOTIFICATIONS_DEAD_LETTER_QUEUE_URL = module.notifications_queue.dead_letter_url
    NOTIFICATIONS_QUEUE_URL             = module.notifications_queue.url
    WORKFLOW_REQUESTS_QUEUE_URL         = module.workflow_requests_queue.url
  })

  policy_statements = concat(module.search.policy_statements.erase, [
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Scan", "dynamodb:PutItem"]
      resources = [module.audit_trail_table.arn]
    },
    # Parts that can be erased, and no other attribute.
    {
      actions   = ["dynamodb:UpdateItem"]
      resources = [module.audit_trail_table.arn]
      conditions = {
        "ForAllValues:StringEquals" = { "dynamodb:Attributes" = ["datasetId", "person", "content"] }
        StringEqualsIfExists        = { "dynamodb:ReturnValues" = ["NONE"] }
      }
    },
    { actions = ["dynamodb:Query"], resources = [module.audit_trail_table.index_arns.workflow] },
    # Entries that wait for the log, and which events name a record.
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_log_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["PENDING#*"] } }
    },
    {
      actions    = ["dynamodb:BatchWriteItem"]
      resources  = [module.audit_log_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["ERASED#*"] } }
    },
    { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.audit_retention_table.arn] },
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_retention_table.arn]
      conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["ERASURES"] } }
    },
    {
      actions   = ["sqs:SendMessage"]
      resources = [module.audit_requests_queue.arn, module.workflow_requests_queue.arn, module.notifications_queue.arn]
    },
    # Messages with data of a user are deleted, and the others are made visible again.
    {
      actions = [
        "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes",
      ]
      resources = [
        module.audit_trail_queue.consumer.dead_letter_arn, module.notifications_queue.consumer.dead_letter_arn,
      ]
    },
  ])
}
