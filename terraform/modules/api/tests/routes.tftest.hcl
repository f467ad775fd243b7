mock_provider "aws" {
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/apigateway/countersign-test" }
  }
  mock_resource "aws_apigatewayv2_stage" {
    defaults = { execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:api/$default" }
  }
}

variables {
  name               = "countersign-test"
  issuer             = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_test"
  audience           = ["console", "machine"]
  cors_origins       = ["https://console.example.com"]
  throttling         = { rate = 10, burst = 20 }
  log_retention_days = 7
  services = {
    orders = {
      openapi       = "./tests/openapi/orders.json"
      function_name = "orders-api"
      invoke_arn    = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/orders-api/invocations"
    }
    events = {
      openapi       = "./tests/openapi/events.json"
      function_name = "events-api"
      invoke_arn    = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/events-api/invocations"
    }
  }
}

run "every_operation_becomes_a_route" {
  command = apply

  assert {
    condition = toset(keys(aws_apigatewayv2_route.this)) == toset([
      "GET /health", "GET /orders", "GET /orders/{orderId}", "POST /events", "POST /orders",
    ])
    error_message = "The routes must be the operations of the openapi.json files. Other keys of a path item are not operations."
  }

  assert {
    condition     = aws_apigatewayv2_route.this["POST /events"].target == "integrations/${aws_apigatewayv2_integration.this["events"].id}"
    error_message = "A route must lead to the service that declares it."
  }
}

run "only_an_operation_with_empty_security_is_public" {
  command = apply

  assert {
    condition = [
      for key, route in aws_apigatewayv2_route.this : key if route.authorization_type == "NONE"
    ] == ["GET /health"]
    error_message = "Only `security: []` makes a route public."
  }

  assert {
    condition = alltrue([
      for key, route in aws_apigatewayv2_route.this :
      key == "GET /health" || (route.authorization_type == "JWT" && route.authorizer_id == aws_apigatewayv2_authorizer.this.id)
    ])
    error_message = "Every other route must use the authorizer."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.this.jwt_configuration[0].audience == toset(["console", "machine"])
    error_message = "The authorizer must accept tokens of users and of machines."
  }
}

run "scopes_come_from_the_operation" {
  command = apply

  assert {
    condition     = aws_apigatewayv2_route.this["POST /events"].authorization_scopes == toset(["events/write"])
    error_message = "An operation's scopes must be required by its route."
  }

  assert {
    condition     = aws_apigatewayv2_route.this["GET /orders"].authorization_scopes == null
    error_message = "An operation without scopes must not require any."
  }
}

run "cors_allows_the_headers_that_the_console_sends_and_reads" {
  command = apply

  assert {
    condition     = aws_apigatewayv2_api.this.cors_configuration[0].allow_origins == toset(["https://console.example.com"])
    error_message = "Only the given origins are allowed."
  }

  assert {
    condition = aws_apigatewayv2_api.this.cors_configuration[0].allow_headers == toset([
      "authorization", "content-type", "if-match", "idempotency-key", "x-correlation-id",
    ])
    error_message = "The console must be able to send If-Match, Idempotency-Key and X-Correlation-Id."
  }

  assert {
    condition = aws_apigatewayv2_api.this.cors_configuration[0].expose_headers == toset([
      "etag", "location", "retry-after", "x-correlation-id",
    ])
    error_message = "The console must be able to read ETag, Location, Retry-After and X-Correlation-Id."
  }
}

run "a_route_that_two_services_declare_is_rejected" {
  command = plan

  variables {
    services = {
      orders = {
        openapi       = "./tests/openapi/orders.json"
        function_name = "orders-api"
        invoke_arn    = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/orders-api/invocations"
      }
      also_orders = {
        openapi       = "./tests/openapi/also_orders.json"
        function_name = "also-orders-api"
        invoke_arn    = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/also-orders-api/invocations"
      }
    }
  }

  expect_failures = [aws_apigatewayv2_route.this]
}
