# The audit service: queue, table, search engine, functions.

locals {
  audit_environment = merge(local.environments.audit, local.log_environment, {
    AUDIT_RETENTION_TABLE = module.audit_retention_table.name
    AUDIT_TRAIL_TABLE     = module.audit_trail_table.name
    OPENSEARCH_ENDPOINT   = module.search.endpoint
    OPENSEARCH_REPLICAS   = module.search.replicas
    RETENTION_DAYS        = var.audit_retention_days
  })

  # What each function calls on the search engine: HTTP method → paths. Both the functions' roles and the domain's access policy
  # are made from this list. `*` is for the schema generation, build and month in the names of indices and templates. It also
  # matches the paths below an index, such as its _mapping and _settings.
  search_access = {
    apply_retention = {
      GET  = ["/audit-trail/_alias"]
      POST = ["/_aliases", "/audit-trail/_search"]
    }
    audit_api = {
      POST = ["/audit-trail/_search"]
    }
    create_audit_trail = {
      GET  = ["/_index_template/audit-trail-v*"]
      POST = ["/_bulk"]
      PUT  = ["/_index_template/audit-trail-v*", "/audit-trail-v*"]
    }
    erase = {
      GET  = ["/_index_template/audit-trail-v*"]
      POST = ["/_bulk", "/audit-trail/_refresh", "/audit-trail/_search"]
      PUT  = ["/_index_template/audit-trail-v*", "/audit-trail-v*"]
    }
    reconcile = {
      GET  = ["/_index_template/audit-trail-v*"]
      POST = ["/_bulk", "/audit-trail/_search"]
      PUT  = ["/_index_template/audit-trail-v*", "/audit-trail-v*"]
    }
    rebuild_index = {
      GET  = ["/_index_template/audit-trail-v*", "/audit-trail/_alias"]
      POST = ["/_aliases", "/_bulk", "/audit-trail/_refresh"]
      PUT  = ["/_index_template/audit-trail-v*", "/audit-trail-v*"]
    }
  }
}

module "audit_trail_queue" {
  source = "../queue"

  name                     = "${local.name}-audit-trail"
  consumer_timeout_seconds = local.consumer_timeout_seconds
  producers                = local.producers.audit-trail
  consumer_role_arn        = module.create_audit_trail.role_arn
  require_tls              = local.on_aws
}

module "audit_trail_table" {
  source = "../table"

  name                = "${local.name}-audit-trail"
  hash_key            = "datasetId"
  attributes          = { datasetId = "S", workflowId = "S", sequence = "N" }
  deletion_protection = var.deletion_protection

  # Keys only: the API reads the records themselves with BatchGetItem.
  indexes = {
    workflow = { hash_key = "workflowId", range_key = "sequence", projection = "KEYS_ONLY" }
  }

  # The function that erases adds its own events, and removes parts of records.
  append_only = {
    writers = [module.create_audit_trail.role_arn]
    erasers = [module.erase.role_arn]
  }
}

module "search" {
  source = "../search"

  name               = local.name
  create_domain      = var.search.create_domain
  endpoint           = var.search.endpoint
  domain             = var.search.domain
  log_retention_days = var.log_retention_days

  access = {
    for function, role_arn in {
      create_audit_trail = module.create_audit_trail.role_arn
      apply_retention    = module.apply_retention.role_arn
      audit_api          = module.audit_api.role_arn
      erase              = module.erase.role_arn
      rebuild_index      = module.rebuild_index.role_arn
      reconcile          = module.reconcile.role_arn
    } : function => { role_arn = role_arn, paths = local.search_access[function] }
  }
}

module "create_audit_trail" {
  source = "../lambda_function"

  name               = "${local.name}-audit-create-audit-trail"
  package            = local.packages.audit
  handler            = "audit_service.handlers.create_audit_trail.handler"
  timeout_seconds    = local.consumer_timeout_seconds
  environment        = local.audit_environment
  queue              = module.audit_trail_queue.consumer
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = concat(module.search.policy_statements.create_audit_trail, [
    { actions = ["dynamodb:PutItem"], resources = [module.audit_trail_table.arn] },
    # Entries that wait for the log, and nothing else in the table.
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_log_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["PENDING#*"] } }
    },
    # What was erased of a late event.
    {
      actions    = ["dynamodb:Query"]
      resources  = [module.audit_log_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["ERASED#*"] } }
    },
  ])
}

module "audit_api" {
  source = "../lambda_function"

  name               = "${local.name}-audit-api"
  package            = local.packages.audit
  handler            = "audit_service.handlers.api.handler"
  timeout_seconds    = local.api_timeout_seconds
  memory_mb          = 1024
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  environment = merge(local.audit_environment, {
    AUDIT_INTEGRITY_TABLE    = module.audit_integrity_table.name
    AUDIT_REQUESTS_QUEUE_URL = module.audit_requests_queue.url
    MANIFEST_BUCKET          = module.manifest_bucket.name
  })

  policy_statements = concat(module.search.policy_statements.audit_api, local.audit_api_retention_statements, [
    { actions = ["dynamodb:GetItem", "dynamodb:BatchGetItem"], resources = [module.audit_trail_table.arn] },
    { actions = ["dynamodb:Query"], resources = [module.audit_trail_table.index_arns.workflow] },
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"]
      resources = [module.audit_log_table.arn]
    },
    # Cosignatures of witnesses, and nothing else in the table.
    {
      actions    = ["dynamodb:PutItem"]
      resources  = [module.audit_log_table.arn]
      conditions = { "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["COSIGNATURE#*"] } }
    },
    { actions = ["dynamodb:GetItem", "dynamodb:Query"], resources = [module.audit_integrity_table.arn] },
    { actions = ["s3:GetObject"], resources = ["${module.proof_bucket.arn}/tile/*", "${module.manifest_bucket.arn}/manifests/*"] },
    # Also needed so that S3 responds with 404 instead of 403 for an object that doesn't exist.
    { actions = ["s3:ListBucket"], resources = [module.proof_bucket.arn, module.manifest_bucket.arn] },
    { actions = ["kms:GetPublicKey", "kms:Verify"], resources = [module.log_key.arn] },
  ])
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

  policy_statements = concat(module.search.policy_statements.rebuild_index, [
    { actions = ["dynamodb:Scan"], resources = [module.audit_trail_table.arn] },
    local.retention_periods_statement,
  ])
}
