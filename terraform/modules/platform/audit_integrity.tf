# The audit service's findings about the completeness of the audit trail.

# What `reconcile` found, and which manifests attest which workflow.
module "audit_integrity_table" {
  source = "../table"

  name                = "${local.name}-audit-integrity"
  hash_key            = "pk"
  range_key           = "sk"
  attributes          = { pk = "S", sk = "S" }
  deletion_protection = var.deletion_protection
}

# Compares what the workflow service has committed with what the audit trail has, and repairs it. The only function of this
# service that reads manifests of its own accord and that asks the workflow service for something.
module "reconcile" {
  source = "../lambda_function"

  name                 = "${local.name}-audit-reconcile"
  package              = local.packages.audit
  handler              = "audit_service.handlers.reconcile.handler"
  timeout_seconds      = 50 # less than a minute, so that a run ends before the next one starts
  reserved_concurrency = 1
  memory_mb            = 1024 # 10,000 events in one run
  log_retention_days   = var.log_retention_days
  tracing              = var.tracing

  environment = merge(local.audit_environment, {
    AUDIT_INTEGRITY_TABLE       = module.audit_integrity_table.name
    MANIFEST_BUCKET             = module.manifest_bucket.name
    WORKFLOW_REQUESTS_QUEUE_URL = module.workflow_requests_queue.url
  })

  policy_statements = concat(module.search.policy_statements.reconcile, [
    { actions = ["dynamodb:BatchGetItem"], resources = [module.audit_trail_table.arn] },
    { actions = ["dynamodb:Query"], resources = [module.audit_trail_table.index_arns.workflow] },
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
      resources = [module.audit_log_table.arn]
    },
    # Entries that wait for the log, and nothing else in the table.
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_log_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["PENDING#*"] } }
    },
    {
      actions = [
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:BatchWriteItem",
      ]
      resources = [module.audit_integrity_table.arn]
    },
    { actions = ["s3:GetObject"], resources = ["${module.proof_bucket.arn}/tile/*", "${module.manifest_bucket.arn}/manifests/*"] },
    # Also needed so that S3 responds with 404 instead of 403 for an object that doesn't exist.
    { actions = ["s3:ListBucket"], resources = [module.proof_bucket.arn, module.manifest_bucket.arn] },
    { actions = ["kms:GetPublicKey", "kms:Verify"], resources = [module.log_key.arn] },
    local.retention_periods_statement,
    # On AWS, sqs:SendMessage also allows batches. The emulator has an action of its own for them.
    {
      actions   = local.on_aws ? ["sqs:SendMessage"] : ["sqs:SendMessage", "sqs:SendMessageBatch"]
      resources = [module.workflow_requests_queue.arn]
    },
  ])
}

module "reconcile_schedule" {
  source = "../schedule"

  name        = "${local.name}-audit-reconcile"
  description = "Compares manifests with records, log, index and workflow states, and repairs what is missing"
  expression  = "rate(1 minute)"
  function    = { name = module.reconcile.name, arn = module.reconcile.arn }
}
