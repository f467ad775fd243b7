data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

locals {
  name       = "countersign-${var.stage}"
  account_id = data.aws_caller_identity.this.account_id

  # A service is a folder with an openapi.json.
  services = toset([for file in fileset(var.services_dir, "*/openapi.json") : dirname(file)])

  # All functions, by <service>-<function>. Each service has one named `api`.
  functions = {
    workflow-api                     = module.workflow_api
    workflow-publish-manifest        = module.publish_manifest
    workflow-relay-outbox            = module.relay_outbox
    workflow-handle-audit-requests   = module.handle_audit_requests
    audit-apply-retention            = module.apply_retention
    audit-create-audit-trail         = module.create_audit_trail
    audit-erase                      = module.erase
    audit-api                        = module.audit_api
    audit-rebuild-index              = module.rebuild_index
    audit-reconcile                  = module.reconcile
    audit-seal-checkpoint            = module.seal_checkpoint
    notifications-send-notifications = module.send_notifications
    notifications-api                = module.notifications_api
  }

  function_names = { for key, function in local.functions : key => function.name }

  queues = {
    audit-requests    = module.audit_requests_queue
    audit-trail       = module.audit_trail_queue
    notifications     = module.notifications_queue
    workflow-requests = module.workflow_requests_queue
  }

  # Queue → the roles of the functions that send to it. Everyone else is denied, and their messages are not consumed.
  producer_roles = {
    audit-requests = [module.audit_api.role, module.apply_retention.role, module.erase.role]
    audit-trail = [
      module.workflow_api.role, module.relay_outbox.role, module.publish_manifest.role, module.handle_audit_requests.role,
    ]
    notifications     = [module.workflow_api.role, module.relay_outbox.role, module.erase.role]
    workflow-requests = [module.reconcile.role, module.erase.role]
  }

  # Queue → the consuming function, with the names in its metrics.
  consumers = {
    audit-requests    = { service = "audit", function = "erase" }
    audit-trail       = { service = "audit", function = "create-audit-trail" }
    notifications     = { service = "notifications", function = "send-notifications" }
    workflow-requests = { service = "workflow", function = "handle-audit-requests" }
  }

  # The emulator reports the account as the sender of every message.
  producers = {
    for queue, roles in local.producer_roles : queue => [
      for role in roles : { arn = role.arn, sender_id = local.on_aws ? role.unique_id : local.account_id }
    ]
  }

  # The consumers' timeout also determines the visibility timeout of their queues.
  api_timeout_seconds      = 10
  consumer_timeout_seconds = 30

  environments = {
    for service in local.services : service => {
      STAGE                        = var.stage
      LOG_LEVEL                    = var.log_level
      POWERTOOLS_SERVICE_NAME      = service
      POWERTOOLS_METRICS_NAMESPACE = "Countersign"
    }
  }

  on_aws  = var.emulator == null
  api_url = local.on_aws ? module.api.url : "${var.emulator.endpoint}/_aws/execute-api/${module.api.id}/$default"

  console_origin = local.on_aws ? module.console.origin : var.emulator.console_origin
  login_url      = local.on_aws ? module.identity.login_url : var.emulator.endpoint

  # For RevokeToken, which needs no credentials.
  cognito_endpoint = local.on_aws ? "https://cognito-idp.${data.aws_region.this.name}.amazonaws.com" : var.emulator.endpoint
}

module "identity" {
  source = "../identity"

  name                = local.name
  domain_prefix       = "${local.name}-${local.account_id}"
  console_urls        = [for origin in concat([local.console_origin], var.cors_origins) : "${origin}/"]
  mfa                 = var.mfa
  allow_password_auth = var.allow_password_auth
  deletion_protection = var.deletion_protection

  groups = {
    admins    = "Define schemes, and read every workflow and audit record"
    auditors  = "Read every workflow and audit record"
    approvers = "Example of an approver group"
  }

  resource_servers = {
    audit         = { write = "Send audit events" }
    notifications = { write = "Send notifications" }
  }
}

module "realtime" {
  source = "../realtime"

  name            = local.name
  issuer_role_arn = module.notifications_api.role_arn
  endpoint        = try(var.emulator.iot_endpoint, null)
}

module "api" {
  source = "../api"

  name               = local.name
  issuer             = module.identity.issuer
  audience           = [module.identity.console_client_id, module.identity.machine_client_id]
  cors_origins       = concat([local.console_origin], var.cors_origins)
  throttling         = var.throttling
  log_retention_days = var.log_retention_days

  services = {
    for service in local.services : service => {
      openapi       = "${var.services_dir}/${service}/openapi.json"
      function_name = local.functions["${service}-api"].name
      invoke_arn    = local.functions["${service}-api"].invoke_arn
    }
  }
}

module "console" {
  source = "../console"

  bucket              = "${local.name}-console-${local.account_id}"
  create_distribution = local.on_aws
  force_destroy       = !var.deletion_protection

  # On AWS, the API is named by a wildcard: its address depends on the distribution, whose address its CORS rules contain.
  connect_sources = local.on_aws ? [
    "https://*.execute-api.${data.aws_region.this.name}.amazonaws.com",
    local.login_url,
    local.cognito_endpoint,
    "wss://${module.realtime.endpoint}",
  ] : [var.emulator.endpoint, "ws://${module.realtime.endpoint}"]

  config = {
    stage            = var.stage
    region           = data.aws_region.this.name
    apiUrl           = local.api_url
    issuer           = module.identity.issuer
    loginUrl         = local.login_url
    userPoolClientId = module.identity.console_client_id
    cognitoEndpoint  = local.cognito_endpoint
    iotScheme        = local.on_aws ? "wss" : "ws"
    logKey           = module.log_key.vkey
    logFingerprint   = module.log_key.fingerprint
  }
}

module "observability" {
  source = "../observability"
  count  = var.alarms == null ? 0 : 1

  name                   = local.name
  functions              = local.function_names
  queues                 = { for key, queue in local.queues : key => queue.name }
  dead_letter_queues     = { for key, queue in local.queues : key => queue.dead_letter_name }
  oldest_message_seconds = var.alarms.oldest_message_seconds
  alarm_actions          = var.alarms.actions

  integrity_metrics = {
    namespace = local.environments.audit.POWERTOOLS_METRICS_NAMESPACE
    dimensions = {
      service  = local.environments.audit.POWERTOOLS_SERVICE_NAME
      function = "reconcile"
    }
  }

  manifest_metric = {
    namespace = local.environments.workflow.POWERTOOLS_METRICS_NAMESPACE
    name      = "ManifestLagSeconds"
    dimensions = {
      service  = local.environments.workflow.POWERTOOLS_SERVICE_NAME
      function = "publish-manifest"
    }
  }

  # Emitted by the consumer of each queue, in countersign_common.aws.sqs.
  unknown_sender_metrics = {
    for queue, consumer in local.consumers : queue => {
      namespace  = local.environments[consumer.service].POWERTOOLS_METRICS_NAMESPACE
      name       = "MessagesFromUnknownSender"
      dimensions = { service = consumer.service, function = consumer.function }
    }
  }

  # Emitted by the relay. countersign_common.telemetry adds these two dimensions to every metric.
  outbox_metric = {
    namespace = local.environments.workflow.POWERTOOLS_METRICS_NAMESPACE
    name      = "OldestPendingSeconds"
    dimensions = {
      service  = local.environments.workflow.POWERTOOLS_SERVICE_NAME
      function = "relay-outbox"
    }
  }
}
