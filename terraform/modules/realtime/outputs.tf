output "endpoint" {
  description = "Host[:port] that subscribers connect to."
  value       = local.endpoint
}

output "arn_prefix" {
  description = "What the ARNs of clients, topics and topic filters begin with: arn:<partition>:iot:<region>:<account>."
  value       = local.arn_prefix
}

output "subscriber_role_arn" {
  description = "ARN of the role that the broker assumes for a browser."
  value       = aws_iam_role.this.arn
}

output "subscriber_policy_name" {
  description = "Name of the IoT policy to attach to a headless subscriber's certificate."
  value       = aws_iot_policy.this.name
}
