# The audit service's erasures, legal holds and retention periods, and the function that applies retention.

# Erasures, legal holds, and the retention period of each scheme.
module "audit_retention_table" {
  source = "../table"

  name                = "${local.name}-audit-retention"
  hash_key            = "pk"
  range_key           = "sk"
  attributes          = { pk = "S", sk = "S" }
  ttl_attribute       = "expiresAt"
  deletion_protection = var.deletion_protection
}

locals {
  # What the API reads and writes in the table. Only the function that erases changes an erasure once it is requested.
  audit_api_retention_statements = [
    { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.audit_retention_table.arn] },
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_retention_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["ERASURES", "HOLDS", "RETENTION", "KEY#*"] } }
    },
    {
      actions    = ["dynamodb:DeleteItem"]
      resources  = [module.audit_retention_table.arn]
      conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["HOLDS"] } }
    },
    { actions = ["sqs:SendMessage"], resources = [module.audit_requests_queue.arn] },
  ]

  # The longest retention period, which decides what the search index has to contain.
  retention_periods_statement = {
    actions    = ["dynamodb:Query"]
    resources  = [module.audit_retention_table.arn]
    conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["RETENTION"] } }
  }
}

# Starts the erasure of what has been kept for long enough, and deletes search indices of which nothing is left to find.
module "apply_retention" {
  source = "../lambda_function"

  name                 = "${local.name}-audit-apply-retention"
  package              = local.packages.audit
  handler              = "audit_service.handlers.apply_retention.handler"
  timeout_seconds      = 300
  reserved_concurrency = 1
  memory_mb            = 1024 # it reads the records of a month
  log_retention_days   = var.log_retention_days
  tracing              = var.tracing

  environment = merge(local.audit_environment, { AUDIT_REQUESTS_QUEUE_URL = module.audit_requests_queue.url })

  policy_statements = concat(module.search.policy_statements.apply_retention, [
    { actions = ["dynamodb:BatchGetItem"], resources = [module.audit_trail_table.arn] },
    {
      actions    = ["dynamodb:Query"]
      resources  = [module.audit_retention_table.arn]
      conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["ERASURES", "RETENTION"] } }
    },
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_retention_table.arn]
      conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["ERASURES"] } }
    },
    { actions = ["sqs:SendMessage"], resources = [module.audit_requests_queue.arn] },
  ])
}

module "apply_retention_schedule" {
  source = "../schedule"

  name        = "${local.name}-audit-apply-retention"
  description = "Erases what has been kept for its retention period, and deletes search indices with nothing left to find"
  expression  = "rate(1 day)"
  function    = { name = module.apply_retention.name, arn = module.apply_retention.arn }
}
