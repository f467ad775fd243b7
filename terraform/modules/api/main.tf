locals {
  methods = ["get", "put", "post", "delete", "patch", "head"]

  operations = flatten([
    for service, parts in var.services : [
      for path, item in jsondecode(file(parts.openapi)).paths : [
        for method, operation in item : {
          key     = "${upper(method)} ${path}"
          service = service
          # In OpenAPI, an empty `security` list means that no token is required.
          public = try(length(operation.security) == 0, false)
          scopes = try(distinct(flatten([for requirement in operation.security : values(requirement)])), [])
        } if contains(local.methods, method)
      ]
    ]
  ])

  # Grouped by route, so that a precondition can report a route that two services declare.
  routes = { for operation in local.operations : operation.key => operation... }
}

resource "aws_apigatewayv2_api" "this" {
  name          = var.name
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins  = var.cors_origins
    allow_methods  = ["GET", "PUT", "POST", "PATCH", "DELETE"]
    allow_headers  = ["authorization", "content-type", "if-match", "idempotency-key", "x-correlation-id"]
    expose_headers = ["etag", "location", "retry-after", "x-correlation-id"]
    max_age        = 3600
  }
}

# API Gateway compares the audience with `aud` (ID tokens) or, if a token has no `aud`, with `client_id` (access
# tokens). The services decide which kind of token a route accepts.
resource "aws_apigatewayv2_authorizer" "this" {
  api_id           = aws_apigatewayv2_api.this.id
  name             = "jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.issuer
    audience = var.audience
  }

  lifecycle {
    # JWT authorizers don't use it, but the emulator returns a value, which would show up as a change in every plan.
    ignore_changes = [authorizer_payload_format_version]
  }
}

resource "aws_apigatewayv2_integration" "this" {
  for_each = var.services

  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id    = aws_apigatewayv2_api.this.id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.this[each.value[0].service].id}"

  authorization_type   = each.value[0].public ? "NONE" : "JWT"
  authorizer_id        = each.value[0].public ? null : aws_apigatewayv2_authorizer.this.id
  authorization_scopes = length(each.value[0].scopes) == 0 ? null : each.value[0].scopes

  lifecycle {
    precondition {
      condition     = length(each.value) == 1
      error_message = "More than one service declares ${each.key}: ${join(", ", each.value[*].service)}."
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/apigateway/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_burst_limit = var.throttling.burst
    throttling_rate_limit  = var.throttling.rate
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.this.arn
    format = jsonencode({
      requestId        = "$context.requestId"
      requestTime      = "$context.requestTime"
      routeKey         = "$context.routeKey"
      status           = "$context.status"
      responseLatency  = "$context.responseLatency"
      integrationError = "$context.integrationErrorMessage"
      authorizerError  = "$context.authorizer.error"
      # No IP address: the request id, which is in the sealed part of audit records, would lead to it after an erasure.
    })
  }
}

resource "aws_lambda_permission" "this" {
  for_each = var.services

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = each.value.function_name
  principal     = "apigateway.amazonaws.com"
  # All routes of this API's only stage. openapi.json decides which routes exist.
  source_arn = "${aws_apigatewayv2_stage.this.execution_arn}/*"
}
