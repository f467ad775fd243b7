output "user_pool_id" {
  description = "Id of the user pool."
  value       = aws_cognito_user_pool.this.id
}

output "user_pool_arn" {
  description = "ARN of the user pool."
  value       = aws_cognito_user_pool.this.arn
}

output "issuer" {
  description = "Issuer of the pool's tokens."
  value       = "https://cognito-idp.${data.aws_region.this.name}.amazonaws.com/${aws_cognito_user_pool.this.id}"
}

output "login_url" {
  description = "URL of managed login on AWS, without a trailing slash."
  value       = "https://${aws_cognito_user_pool_domain.this.domain}.auth.${data.aws_region.this.name}.amazoncognito.com"
}

output "console_client_id" {
  description = "Client id of the console."
  value       = aws_cognito_user_pool_client.console.id
}

output "machine_client_id" {
  description = "Client id of machines."
  value       = aws_cognito_user_pool_client.machine.id
}

output "machine_client_secret" {
  description = "Client secret of machines."
  value       = aws_cognito_user_pool_client.machine.client_secret
  sensitive   = true
}
