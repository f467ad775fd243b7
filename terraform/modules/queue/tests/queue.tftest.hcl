mock_provider "aws" {
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:countersign-test-dlq" }
  }
}

variables {
  name                     = "countersign-test"
  consumer_timeout_seconds = 30
}

run "a_message_that_keeps_failing_moves_to_the_dead_letter_queue" {
  command = apply

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).deadLetterTargetArn == aws_sqs_queue.dead_letter.arn
    error_message = "The queue must have a dead-letter queue."
  }

  assert {
    condition     = aws_sqs_queue.dead_letter.message_retention_seconds == 1209600
    error_message = "The dead-letter queue must keep messages for 14 days."
  }
}

run "an_hour_of_failures_moves_nothing_to_the_dead_letter_queue" {
  command = apply

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount * aws_sqs_queue.this.visibility_timeout_seconds >= 2 * 3600
    error_message = "A message must be retried for at least two hours."
  }
}

run "a_slow_consumer_is_also_retried_for_two_hours" {
  command = apply

  variables {
    consumer_timeout_seconds = 300
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount == 4
    error_message = "With a visibility timeout of 1,800 s, four receives take two hours."
  }
}

run "a_batch_in_progress_is_not_delivered_again" {
  command = apply

  assert {
    condition     = aws_sqs_queue.this.visibility_timeout_seconds >= 6 * 30
    error_message = "The visibility timeout must be at least six times the consumer's timeout."
  }
}

run "messages_are_encrypted" {
  command = apply

  assert {
    condition     = aws_sqs_queue.this.sqs_managed_sse_enabled && aws_sqs_queue.dead_letter.sqs_managed_sse_enabled
    error_message = "Both queues must be encrypted at rest."
  }
}

run "retries_that_outlast_the_retention_are_rejected" {
  command = plan

  variables {
    retry_seconds     = 7200
    retention_seconds = 3600
  }

  expect_failures = [var.retention_seconds]
}
