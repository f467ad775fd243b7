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

  dead_letter_name = "${var.name}-dlq"

  # Composed, because a queue's policy can't refer to the queue.
  arn_prefix = join(":", [
    "arn", data.aws_partition.this.partition, "sqs", data.aws_region.this.name, data.aws_caller_identity.this.account_id,
  ])
  arns = {
    queue       = "${local.arn_prefix}:${var.name}"
    dead_letter = "${local.arn_prefix}:${local.dead_letter_name}"
  }

  # Queue → the roles that may send to it. SQS itself moves messages to the dead-letter queue, which needs no permission.
  sender_arns = {
    queue       = [for producer in var.producers : producer.arn]
    dead_letter = [var.consumer_role_arn]
  }

  # A statement that denies is enough: the producers' roles are in this account, and allow themselves to send. `*` for the
  # principal: it denies everyone who is not named. AWS compares the role's ARN, the emulator the session's.
  statements = {
    for queue, role_arns in local.sender_arns : queue => [{
      Sid       = "OnlyProducersSend"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = local.arns[queue]
      Condition = {
        ArnNotLike = {
          "aws:PrincipalArn" = concat(role_arns, [
            for arn in role_arns : "${replace(replace(arn, ":iam:", ":sts:"), ":role/", ":assumed-role/")}/*"
          ])
        }
      }
    }]
  }

  # `*`: it denies everyone. The emulator has no TLS.
  tls_statements = {
    for queue, arn in local.arns : queue => [
      for action in var.require_tls ? ["sqs:*"] : [] : {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = action
        Resource  = arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  }
}

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

resource "aws_sqs_queue" "dead_letter" {
  name                       = local.dead_letter_name
  visibility_timeout_seconds = local.visibility_timeout_seconds
  message_retention_seconds  = local.dead_letter_retention_seconds
  sqs_managed_sse_enabled    = true

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.statements.dead_letter, local.tls_statements.dead_letter)
  })
}

resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = local.visibility_timeout_seconds
  message_retention_seconds  = var.retention_seconds
  sqs_managed_sse_enabled    = true

  # Inline instead of an aws_sqs_queue_policy and an aws_sqs_queue_redrive_policy, because each additional SQS resource adds 25 s to
  # every apply.
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.statements.queue, local.tls_statements.queue)
  })

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter.arn
    maxReceiveCount     = local.max_receive_count
  })
}
