mock_provider "aws" {
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/countersign-test-audit-api" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/countersign-test-audit-api" }
  }
}

variables {
  name               = "countersign-test-audit-api"
  package            = { bucket = "zips", key = "audit.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  handler            = "audit_service.handlers.api.handler"
  timeout_seconds    = 10
  log_retention_days = 7
  tracing            = false
  policy_statements  = [{ actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"] }]
}

run "a_function_may_log_and_what_it_is_given" {
  command = apply

  assert {
    condition = [for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement.Action] == [
      ["logs:CreateLogStream", "logs:PutLogEvents"], ["dynamodb:GetItem"],
    ]
    error_message = "Its own log group, the given statements, nothing else."
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.this) == 0
    error_message = "Without a queue it consumes none."
  }
}

run "a_consumer_may_read_its_queue_and_answers_with_partial_failures" {
  command = apply

  variables {
    queue = { arn = "arn:aws:sqs:eu-central-1:123456789012:audit-trail" }
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement[1].Resource == ["arn:aws:sqs:eu-central-1:123456789012:audit-trail"]
    error_message = "That queue and no other."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.this[0].function_response_types == toset(["ReportBatchItemFailures"])
      && aws_lambda_event_source_mapping.this[0].batch_size == 10
    )
    error_message = "Ten at a time; what failed goes back alone."
  }
}

run "a_wildcard_action_is_refused" {
  command = plan

  variables {
    policy_statements = [{ actions = ["dynamodb:*"], resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"] }]
  }

  expect_failures = [var.policy_statements]
}
