output "endpoint" {
  description = "host[:port] that subscribers connect to."
  value       = local.endpoint
}

output "arn_prefix" {
  description = "Prefix of the ARNs of clients, topics and topic filters: arn:<partition>:iot:<region>:<account>."
  value       = local.arn_prefix
}

output "subscriber_role_arn" {
  description = "ARN of the role for browsers."
  value       = aws_iam_role.this.arn
}
