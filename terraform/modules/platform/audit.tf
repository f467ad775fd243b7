# The audit service: its queue, its table, the search engine, its functions, what each may do.

locals {
  audit_environment = merge(local.environments.audit, {
    AUDIT_TRAIL_TABLE   = module.audit_trail_table.name
    OPENSEARCH_ENDPOINT = module.search.endpoint
  })

  # Indexing: the documents, and the template that every monthly index is made from.
  index_statements = [
    { actions = ["es:ESHttpPost"], resources = ["${module.search.arn}/_bulk"] },
    { actions = ["es:ESHttpPut"], resources = ["${module.search.arn}/_index_template/audit-trail"] },
  ]
}

module "audit_trail_queue" {
  source = "../queue"

  name                     = "${local.name}-audit-trail"
  consumer_timeout_seconds = local.consumer_timeout_seconds
}

module "audit_trail_table" {
  source = "../table"

  name                = "${local.name}-audit-trail"
  hash_key            = "datasetId"
  attributes          = { datasetId = "S", workflowId = "S", sequence = "N" }
  indexes             = { workflow = { hash_key = "workflowId", range_key = "sequence" } }
  deletion_protection = var.deletion_protection
}

module "search" {
  source = "../search"

  name               = local.name
  create_domain      = var.search.create_domain
  endpoint           = var.search.endpoint
  domain             = var.search.domain
  role_arns          = [module.create_audit_trail.role_arn, module.audit_api.role_arn, module.rebuild_index.role_arn]
  log_retention_days = var.log_retention_days
}

module "create_audit_trail" {
  source = "../lambda_function"

  name               = "${local.name}-audit-create-audit-trail"
  package            = local.packages.audit
  handler            = "audit_service.handlers.create_audit_trail.handler"
  timeout_seconds    = local.consumer_timeout_seconds
  environment        = local.audit_environment
  queue              = { arn = module.audit_trail_queue.arn }
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = concat(local.index_statements, [
    { actions = ["dynamodb:PutItem"], resources = [module.audit_trail_table.arn] },
  ])
}

module "audit_api" {
  source = "../lambda_function"

  name               = "${local.name}-audit-api"
  package            = local.packages.audit
  handler            = "audit_service.handlers.api.handler"
  timeout_seconds    = local.api_timeout_seconds
  memory_mb          = 1024
  environment        = local.audit_environment
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    { actions = ["dynamodb:GetItem", "dynamodb:BatchGetItem"], resources = [module.audit_trail_table.arn] },
    { actions = ["dynamodb:Query"], resources = [module.audit_trail_table.index_arns.workflow] },
    { actions = ["es:ESHttpPost"], resources = ["${module.search.arn}/audit-trail/_search"] },
  ]
}

module "rebuild_index" {
  source = "../lambda_function"

  name               = "${local.name}-audit-rebuild-index"
  package            = local.packages.audit
  handler            = "audit_service.handlers.rebuild_index.handler"
  timeout_seconds    = 300
  environment        = local.audit_environment
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = concat(local.index_statements, [
    { actions = ["dynamodb:Scan"], resources = [module.audit_trail_table.arn] },
  ])
}
