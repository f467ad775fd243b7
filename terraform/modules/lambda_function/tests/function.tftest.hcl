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
  package            = { bucket = "packages", key = "audit.zip", sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  handler            = "audit_service.handlers.api.handler"
  timeout_seconds    = 10
  log_retention_days = 7
  tracing            = false
  policy_statements  = [{ actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"] }]
}

run "the_role_allows_logs_and_the_given_statements_only" {
  command = apply

  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy).Statement == [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/countersign-test-audit-api:*"]
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"]
      },
    ]
    error_message = "The role must allow the function's own log group and the given statements, and nothing else."
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.this) == 0
    error_message = "Without a queue there must be no event source mapping."
  }
}

run "a_statement_can_have_conditions" {
  command = apply

  variables {
    policy_statements = [{
      actions    = ["dynamodb:PutItem"]
      resources  = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"]
      conditions = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["MANIFEST"] } }
    }]
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy).Statement[1] == {
      Effect    = "Allow"
      Action    = ["dynamodb:PutItem"]
      Resource  = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"]
      Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["MANIFEST"] } }
    }
    error_message = "The statement must have its conditions."
  }
}

run "a_consumer_can_read_its_queue_and_reports_partial_failures" {
  command = apply

  variables {
    queue = {
      arn             = "arn:aws:sqs:eu-central-1:123456789012:audit-trail"
      dead_letter_arn = "arn:aws:sqs:eu-central-1:123456789012:audit-trail-dlq"
      dead_letter_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/audit-trail-dlq"
      allowed_senders = ["AROAAAA", "AROABBB"]
    }
    environment = { STAGE = "test" }
  }

  assert {
    condition = slice(jsondecode(aws_iam_role_policy.this.policy).Statement, 1, 3) == [
      {
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = ["arn:aws:sqs:eu-central-1:123456789012:audit-trail", "arn:aws:sqs:eu-central-1:123456789012:audit-trail-dlq"]
      },
      {
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:eu-central-1:123456789012:audit-trail-dlq"]
      },
    ]
    error_message = "The role must allow the function's own queues and no other, and to send to the dead-letter queue only."
  }

  assert {
    condition = aws_lambda_function.this.environment[0].variables == tomap({
      STAGE                 = "test"
      ALLOWED_SENDERS       = "AROAAAA,AROABBB"
      DEAD_LETTER_QUEUE_URL = "https://sqs.eu-central-1.amazonaws.com/123456789012/audit-trail-dlq"
    })
    error_message = "The consumer must know whose messages it accepts, and where the others go."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.dead_letters[0].event_source_arn == "arn:aws:sqs:eu-central-1:123456789012:audit-trail-dlq"
      && !aws_lambda_event_source_mapping.dead_letters[0].enabled
    )
    error_message = "Dead letters must be consumed only while an operator wants it."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.this[0].function_response_types == toset(["ReportBatchItemFailures"])
      && aws_lambda_event_source_mapping.this[0].batch_size == 10
    )
    error_message = "Batches must have ten messages, and only failed messages must return to the queue."
  }
}

run "a_wildcard_action_is_rejected" {
  command = plan

  variables {
    policy_statements = [{ actions = ["dynamodb:*"], resources = ["arn:aws:dynamodb:eu-central-1:123456789012:table/t"] }]
  }

  expect_failures = [var.policy_statements]
}

run "concurrency_is_unlimited_unless_reserved" {
  command = apply

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "A reservation would be missing for the account's other functions."
  }
}

run "concurrency_can_be_reserved" {
  command = apply

  variables {
    reserved_concurrency = 1
  }

  assert {
    condition     = aws_lambda_function.this.reserved_concurrent_executions == 1
    error_message = "The function must run once at a time."
  }
}
