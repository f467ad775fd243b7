mock_provider "aws" {
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:countersign-test-dlq" }
  }
}

variables {
  name                     = "countersign-test"
  consumer_timeout_seconds = 30
}

run "a_failing_message_ends_in_the_dead_letter_queue" {
  command = apply

  assert {
    condition = (
      jsondecode(aws_sqs_queue.this.redrive_policy).maxReceiveCount == 5
      && jsondecode(aws_sqs_queue.this.redrive_policy).deadLetterTargetArn == aws_sqs_queue.dead_letter.arn
    )
    error_message = "After five tries."
  }

  assert {
    condition     = aws_sqs_queue.dead_letter.message_retention_seconds == 1209600
    error_message = "And is kept there for 14 days."
  }
}

run "a_message_at_work_is_not_handed_out_again" {
  command = apply

  assert {
    condition     = aws_sqs_queue.this.visibility_timeout_seconds >= 6 * 30
    error_message = "Visibility is at least six times the consumer's timeout."
  }
}

run "messages_are_encrypted" {
  command = apply

  assert {
    condition     = aws_sqs_queue.this.sqs_managed_sse_enabled && aws_sqs_queue.dead_letter.sqs_managed_sse_enabled
    error_message = "Both queues are encrypted at rest."
  }
}
