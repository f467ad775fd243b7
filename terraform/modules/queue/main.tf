locals {
  # The maximum that SQS allows, so that there is time to fix the consumer and redrive.
  dead_letter_retention_seconds = 14 * 24 * 3600

  # AWS recommends at least six times the function's timeout for an SQS event source, so that a batch that is still being
  # processed, or waits for a free function instance, is not delivered a second time (Lambda Developer Guide, "Using Lambda with
  # Amazon SQS").
  visibility_timeout_seconds = 6 * var.consumer_timeout_seconds

  # A message that fails becomes visible again after the visibility timeout, so this count keeps it in the queue for at least
  # retry_seconds.
  max_receive_count = ceil(var.retry_seconds / local.visibility_timeout_seconds)
}

resource "aws_sqs_queue" "dead_letter" {
  name                      = "${var.name}-dlq"
  message_retention_seconds = local.dead_letter_retention_seconds
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = local.visibility_timeout_seconds
  message_retention_seconds  = var.retention_seconds
  sqs_managed_sse_enabled    = true

  # Inline instead of an aws_sqs_queue_redrive_policy, because each additional SQS resource adds 25 s to every apply.
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = local.max_receive_count
  })
}
