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

run "every_operation_is_a_route" {
  command = apply

  assert {
    condition     = output.route_keys == tolist(["GET /health", "GET /orders", "GET /orders/{orderId}", "POST /events", "POST /orders"])
    error_message = "Routes are the operations of the openapi.json files, and what else stands in a path is none."
  }

  assert {
    condition     = aws_apigatewayv2_route.this["POST /events"].target == "integrations/${aws_apigatewayv2_integration.this["events"].id}"
    error_message = "A route leads to the service that declares it."
  }
}

run "a_token_is_needed_unless_the_operation_says_none" {
  command = apply

  assert {
    condition     = output.public_route_keys == tolist(["GET /health"])
    error_message = "Only `security: []` takes no token; an operation that says nothing takes one."
  }

  assert {
    condition = alltrue([
      for key, route in aws_apigatewayv2_route.this :
      key == "GET /health" || route.authorizer_id == aws_apigatewayv2_authorizer.this.id
    ])
    error_message = "Every other route has the authorizer."
  }

  assert {
    condition     = aws_apigatewayv2_authorizer.this.jwt_configuration[0].audience == toset(["console", "machine"])
    error_message = "People's and machines' tokens are taken."
  }
}

run "scopes_come_from_the_operation" {
  command = apply

  assert {
    condition     = aws_apigatewayv2_route.this["POST /events"].authorization_scopes == toset(["events/write"])
    error_message = "A machine's route needs its scope."
  }

  assert {
    condition     = aws_apigatewayv2_route.this["GET /orders"].authorization_scopes == null
    error_message = "A people's route needs none."
  }
}

run "a_page_may_send_and_read_the_headers_it_needs" {
  command = apply

  assert {
    condition = (
      aws_apigatewayv2_api.this.cors_configuration[0].allow_origins == toset(["https://console.example.com"])
      && contains(aws_apigatewayv2_api.this.cors_configuration[0].allow_headers, "if-match")
      && contains(aws_apigatewayv2_api.this.cors_configuration[0].allow_headers, "idempotency-key")
      && contains(aws_apigatewayv2_api.this.cors_configuration[0].expose_headers, "etag")
    )
    error_message = "CORS lets the console's origin write with If-Match and Idempotency-Key, and read the ETag."
  }
}

run "a_route_of_two_services_is_refused" {
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
