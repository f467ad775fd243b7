output "endpoint" {
  description = "URL of the engine, without a trailing slash."
  value       = var.create_domain ? "https://${aws_opensearch_domain.this[var.name].endpoint}" : var.endpoint
}

output "policy_statements" {
  description = "Statements for the roles in `access`, by the same keys: the same actions and resources as in the domain's access policy."
  value       = local.policy_statements
}

output "replicas" {
  description = "Replicas per index: one copy in each zone, and at least two copies if there are two or more data nodes. 0 without a domain."
  value       = var.create_domain ? max(var.domain.zones, min(var.domain.instance_count, 2)) - 1 : 0
}
