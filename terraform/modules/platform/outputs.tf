# Read by scripts/, the test suites and the console's development server.

output "region" {
  description = "AWS region."
  value       = data.aws_region.this.name
}

output "api_url" {
  description = "URL of the API, without a trailing slash."
  value       = local.api_url
}

output "console_url" {
  description = "URL of the console."
  value       = "${local.console_origin}/"
}

output "console_headers" {
  description = "Headers of every response that the console is served with."
  value       = module.console.headers
}

output "login_url" {
  description = "URL of Cognito's managed login, without a trailing slash."
  value       = local.login_url
}

output "console_bucket" {
  description = "Name of the bucket for the console's files."
  value       = module.console.bucket
}

output "issuer" {
  description = "Issuer of the users' tokens."
  value       = module.identity.issuer
}

output "user_pool_id" {
  description = "Id of the Cognito user pool."
  value       = module.identity.user_pool_id
}

output "user_pool_client_id" {
  description = "Client id that users sign in with."
  value       = module.identity.console_client_id
}

output "machine_client_id" {
  description = "Client id of machines, for the client-credentials grant."
  value       = module.identity.machine_client_id
}

output "machine_client_secret" {
  description = "Client secret of machines."
  value       = module.identity.machine_client_secret
  sensitive   = true
}

output "iot_endpoint" {
  description = "host[:port] that MQTT subscribers connect to."
  value       = module.realtime.endpoint
}

output "workflow_table" {
  description = "Name of the workflow table."
  value       = module.workflow_table.name
}

output "audit_trail_table" {
  description = "Name of the audit-trail table."
  value       = module.audit_trail_table.name
}

output "audit_log_table" {
  description = "Name of the audit-log table."
  value       = module.audit_log_table.name
}

output "notifications_table" {
  description = "Name of the notifications table."
  value       = module.notifications_table.name
}

output "audit_trail_queue_url" {
  description = "URL of the audit-trail queue."
  value       = module.audit_trail_queue.url
}

output "audit_trail_dlq_url" {
  description = "URL of the audit-trail queue's dead-letter queue."
  value       = module.audit_trail_queue.dead_letter_url
}

output "notifications_queue_url" {
  description = "URL of the notifications queue."
  value       = module.notifications_queue.url
}

output "notifications_dlq_url" {
  description = "URL of the notifications queue's dead-letter queue."
  value       = module.notifications_queue.dead_letter_url
}

output "proof_bucket" {
  description = "Name of the bucket with the audit log: tiles and the newest checkpoint."
  value       = module.proof_bucket.name
}

output "log_origin" {
  description = "The audit log's name in its checkpoints."
  value       = local.log_origin
}

output "log_vkey" {
  description = "The audit log's public key as a verifier key (C2SP signed-note). Give it to auditors and witnesses."
  value       = module.log_key.vkey
}

output "log_public_key" {
  description = "The audit log's public key in PEM."
  value       = module.log_key.public_key_pem
}

output "log_fingerprint" {
  description = "The fingerprint of the audit log's public key, such as SHA256:…"
  value       = module.log_key.fingerprint
}

output "workflow_requests_queue_url" {
  description = "URL of the workflow-requests queue."
  value       = module.workflow_requests_queue.url
}

output "workflow_requests_dlq_url" {
  description = "URL of the workflow-requests queue's dead-letter queue."
  value       = module.workflow_requests_queue.dead_letter_url
}

output "manifest_bucket" {
  description = "Name of the bucket with the manifests."
  value       = module.manifest_bucket.name
}

output "audit_integrity_table" {
  description = "Name of the table with what reconciliation found."
  value       = module.audit_integrity_table.name
}

output "audit_requests_queue_url" {
  description = "URL of the audit-requests queue."
  value       = module.audit_requests_queue.url
}

output "audit_requests_dlq_url" {
  description = "URL of the audit-requests queue's dead-letter queue."
  value       = module.audit_requests_queue.dead_letter_url
}

output "audit_retention_table" {
  description = "Name of the table with erasures, legal holds and retention periods."
  value       = module.audit_retention_table.name
}

output "function_names" {
  description = "Names of the Lambda functions, by <service>-<function>."
  value       = local.function_names
}
