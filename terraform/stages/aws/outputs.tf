output "api_url" {
  description = "URL of the API, without a slash at its end."
  value       = module.platform.api_url
}

output "region" {
  description = "Region that everything is in."
  value       = module.platform.region
}

output "user_pool_id" {
  description = "Id of the Cognito user pool."
  value       = module.platform.user_pool_id
}

output "user_pool_client_id" {
  description = "Client id with which people sign in."
  value       = module.platform.user_pool_client_id
}

output "machine_client_id" {
  description = "Client id of machines (client-credentials grant)."
  value       = module.platform.machine_client_id
}

output "machine_client_secret" {
  description = "Client secret of machines."
  value       = module.platform.machine_client_secret
  sensitive   = true
}

output "token_url" {
  description = "Where a machine asks for its access token."
  value       = module.platform.token_url
}

output "issuer" {
  description = "Issuer in the tokens."
  value       = module.platform.issuer
}

output "iot_endpoint" {
  description = "Host[:port] that MQTT subscribers connect to."
  value       = module.platform.iot_endpoint
}

output "workflow_table" {
  description = "Name of the workflow table."
  value       = module.platform.workflow_table
}

output "audit_trail_table" {
  description = "Name of the audit-trail table."
  value       = module.platform.audit_trail_table
}

output "notifications_table" {
  description = "Name of the notifications table."
  value       = module.platform.notifications_table
}

output "audit_trail_queue_url" {
  description = "URL of the audit-trail queue."
  value       = module.platform.audit_trail_queue_url
}

output "audit_trail_dlq_url" {
  description = "URL of the audit-trail queue's dead-letter queue."
  value       = module.platform.audit_trail_dlq_url
}

output "notifications_queue_url" {
  description = "URL of the notifications queue."
  value       = module.platform.notifications_queue_url
}

output "notifications_dlq_url" {
  description = "URL of the notifications queue's dead-letter queue."
  value       = module.platform.notifications_dlq_url
}

output "function_names" {
  description = "Name of each function in AWS, by <service>-<function>."
  value       = module.platform.function_names
}

output "subscriber_role_arn" {
  description = "ARN of the role that realtime credentials are made from."
  value       = module.platform.subscriber_role_arn
}

output "console_bucket" {
  description = "Name of the bucket that the console's files go to."
  value       = module.platform.console_bucket
}

output "console_url" {
  description = "Where the console opens in a browser."
  value       = module.platform.console_url
}

output "console_distribution_id" {
  description = "Id of the console's CloudFront distribution; null on an emulator."
  value       = module.platform.console_distribution_id
}

output "opensearch_endpoint" {
  description = "URL of the search engine."
  value       = module.platform.opensearch_endpoint
}
