output "endpoint" {
  description = "URL of the engine, without a slash at its end."
  value       = var.create_domain ? "https://${aws_opensearch_domain.this[var.name].endpoint}" : var.endpoint
}

output "arn" {
  description = "ARN of the domain; paths under it (as in <arn>/_bulk) are what a role may be allowed. Also known where no domain is created, so that the roles are the same everywhere."
  value       = local.arn
}
