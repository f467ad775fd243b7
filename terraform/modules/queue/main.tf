locals {
  # The longest SQS keeps a message: time to mend the consumer and redrive.
  dead_letter_retention_seconds = 14 * 24 * 3600

  # AWS's advice for an SQS event source: six times the function's timeout, so that a batch which is still
  # being worked on (or waits for a free instance) is not handed out a second time.
  visibility_timeout_seconds = 6 * var.consumer_timeout_seconds
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

  # Part of the queue and not a resource of its own: each further SQS resource costs 25 s of every apply.
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = var.max_receive_count
  })
}
