output "id" {
  description = "Id of the API."
  value       = aws_apigatewayv2_api.this.id
}

output "url" {
  description = "URL of the API on AWS, without a slash at its end."
  value       = aws_apigatewayv2_api.this.api_endpoint
}

output "route_keys" {
  description = "Every route, as in \"GET /workflows/{workflowId}\"."
  value       = sort(keys(aws_apigatewayv2_route.this))
}

output "public_route_keys" {
  description = "The routes that take no token."
  value       = sort([for key, route in aws_apigatewayv2_route.this : key if route.authorization_type == "NONE"])
}
