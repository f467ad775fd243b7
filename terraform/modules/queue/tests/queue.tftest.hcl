mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:eu-central-1:123456789012:countersign-test-dlq" }
  }
}

variables {
  name                     = "countersign-test"
  consumer_timeout_seconds = 30
  consumer_role_arn        = "arn:aws:iam::123456789012:role/consumer"
  require_tls              = true
  producers = [
    { arn = "arn:aws:iam::123456789012:role/producer", sender_id = "AROAAAA" },
    { arn = "arn:aws:iam::123456789012:role/relay", sender_id = "AROABBB" },
  ]
}

run "everyone_but_the_producers_is_denied" {
  command = apply

  assert {
    condition = jsondecode(aws_sqs_queue.this.policy).Statement[0] == {
      Sid       = "OnlyProducersSend"
      Effect    = "Deny"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-central-1:123456789012:countersign-test"
      Condition = {
        ArnNotLike = {
          "aws:PrincipalArn" = [
            "arn:aws:iam::123456789012:role/producer",
            "arn:aws:iam::123456789012:role/relay",
            "arn:aws:sts::123456789012:assumed-role/producer/*",
            "arn:aws:sts::123456789012:assumed-role/relay/*",
          ]
        }
      }
    }
    error_message = "The queue must deny SendMessage to every principal but the producers' roles."
  }

  assert {
    condition = (
      jsondecode(aws_sqs_queue.dead_letter.policy).Statement[0].Condition.ArnNotLike["aws:PrincipalArn"][0] == var.consumer_role_arn
      && jsondecode(aws_sqs_queue.dead_letter.policy).Statement[0].Resource == "arn:aws:sqs:eu-central-1:123456789012:countersign-test-dlq"
    )
    error_message = "The dead-letter queue must deny SendMessage to every principal but the consumer's role."
  }

  assert {
    condition     = output.consumer.allowed_senders == tolist(["AROAAAA", "AROABBB"])
    error_message = "The consumer must know the producers."
  }
}

run "requests_without_tls_are_denied_where_there_is_tls" {
  command = apply

  assert {
    condition = alltrue([
      for policy in [aws_sqs_queue.this.policy, aws_sqs_queue.dead_letter.policy] :
      jsondecode(policy).Statement[1].Condition.Bool["aws:SecureTransport"] == "false" && jsondecode(policy).Statement[1].Effect == "Deny"
    ])
    error_message = "Both queues must reject requests without TLS."
  }
}

run "a_queue_without_a_producer_is_rejected" {
  command = plan

  variables {
    producers = []
  }

  expect_failures = [var.producers]
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
