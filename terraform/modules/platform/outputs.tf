output "api_url" {
  description = "URL of the API, without a slash at its end."
  value       = local.api_url
}

output "region" {
  description = "Region that everything is in."
  value       = data.aws_region.this.name
}

output "user_pool_id" {
  description = "Id of the Cognito user pool."
  value       = module.identity.user_pool_id
}

output "user_pool_client_id" {
  description = "Client id with which people sign in."
  value       = module.identity.console_client_id
}

output "machine_client_id" {
  description = "Client id of machines (client-credentials grant)."
  value       = module.identity.machine_client_id
}

output "machine_client_secret" {
  description = "Client secret of machines."
  value       = module.identity.machine_client_secret
  sensitive   = true
}

output "token_url" {
  description = "Where a machine asks for its access token."
  value       = local.on_aws ? module.identity.token_url : "${var.emulator.endpoint}/oauth2/token"
}

output "issuer" {
  description = "Issuer in the tokens."
  value       = module.identity.issuer
}

output "iot_endpoint" {
  description = "Host[:port] that MQTT subscribers connect to."
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

output "function_names" {
  description = "Name of each function in AWS, by <service>-<function>."
  value       = local.function_names
}

output "subscriber_role_arn" {
  description = "ARN of the role that realtime credentials are made from."
  value       = module.realtime.subscriber_role_arn
}

output "console_bucket" {
  description = "Name of the bucket that the console's files go to."
  value       = module.console.bucket
}

output "console_url" {
  description = "Where the console opens in a browser."
  value       = local.on_aws ? module.console.origin : "${var.emulator.endpoint}/${module.console.bucket}/index.html"
}

output "console_distribution_id" {
  description = "Id of the console's CloudFront distribution; null on an emulator."
  value       = module.console.distribution_id
}

output "opensearch_endpoint" {
  description = "URL of the search engine."
  value       = module.search.endpoint
}
