mock_provider "aws" {}

variables {
  name                   = "countersign-test"
  queues                 = { audit-trail = "q-audit" }
  dead_letter_queues     = { audit-trail = "q-audit-dlq", notifications = "q-notifications-dlq" }
  functions              = { audit-api = "f-audit-api", workflow-api = "f-workflow-api" }
  alarm_actions          = ["arn:aws:sns:eu-central-1:123456789012:on-call"]
  oldest_message_seconds = 120
  outbox_metric = {
    namespace  = "Countersign"
    name       = "OldestPendingSeconds"
    dimensions = { service = "workflow", function = "relay-outbox" }
  }
  integrity_metrics = {
    namespace  = "Countersign"
    dimensions = { service = "audit", function = "reconcile" }
  }
  manifest_metric = {
    namespace  = "Countersign"
    name       = "ManifestLagSeconds"
    dimensions = { service = "workflow", function = "publish-manifest" }
  }
  unknown_sender_metrics = {
    audit-trail = {
      namespace  = "Countersign"
      name       = "MessagesFromUnknownSender"
      dimensions = { service = "audit", function = "create-audit-trail" }
    }
  }
}

run "one_message_from_an_unknown_sender_raises_an_alarm" {
  command = apply

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.unknown_senders["audit-trail"].metric_name == "MessagesFromUnknownSender"
      && aws_cloudwatch_metric_alarm.unknown_senders["audit-trail"].dimensions.function == "create-audit-trail"
      && aws_cloudwatch_metric_alarm.unknown_senders["audit-trail"].threshold == 0
      && aws_cloudwatch_metric_alarm.unknown_senders["audit-trail"].comparison_operator == "GreaterThanThreshold"
      && aws_cloudwatch_metric_alarm.unknown_senders["audit-trail"].evaluation_periods == 1
    )
    error_message = "The first message from an unknown sender must raise the alarm."
  }
}

run "one_dead_letter_raises_an_alarm" {
  command = apply

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.dead_letters) == 2
    error_message = "Each dead-letter queue must have an alarm."
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.dead_letters :
      alarm.threshold == 0 && alarm.comparison_operator == "GreaterThanThreshold" && alarm.evaluation_periods == 1
    ])
    error_message = "The first message in a dead-letter queue must raise the alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters["notifications"].dimensions.QueueName == "q-notifications-dlq"
    error_message = "The alarm must monitor the queue in its name."
  }
}

run "a_consumer_that_falls_behind_raises_an_alarm" {
  command = apply

  assert {
    condition     = aws_cloudwatch_metric_alarm.oldest_message["audit-trail"].metric_name == "ApproximateAgeOfOldestMessage"
    error_message = "The alarm must use the age of the oldest message."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.oldest_message["audit-trail"].threshold == 120
    error_message = "The threshold must come from the variable."
  }
}

run "an_error_of_any_function_raises_an_alarm" {
  command = apply

  assert {
    condition     = toset([for alarm in aws_cloudwatch_metric_alarm.function_errors : alarm.dimensions.FunctionName]) == toset(["f-audit-api", "f-workflow-api"])
    error_message = "Each function must have an alarm."
  }
}

run "a_relay_that_does_not_report_raises_an_alarm" {
  command = apply

  assert {
    condition     = aws_cloudwatch_metric_alarm.outbox.treat_missing_data == "breaching"
    error_message = "Missing data must raise the alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.outbox.namespace == "Countersign" && aws_cloudwatch_metric_alarm.outbox.metric_name == "OldestPendingSeconds"
    error_message = "The alarm must use the relay's metric."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.outbox.threshold == 300
    error_message = "An event that the relay would have published in two runs must not raise the alarm."
  }
}

run "late_or_missing_manifests_raise_an_alarm" {
  command = apply

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.manifests.metric_name == "ManifestLagSeconds"
      && aws_cloudwatch_metric_alarm.manifests.dimensions.function == "publish-manifest"
      && aws_cloudwatch_metric_alarm.manifests.threshold == 300
      && aws_cloudwatch_metric_alarm.manifests.treat_missing_data == "breaching"
    )
    error_message = "A manifest that is five minutes late, or missing data, must raise the alarm."
  }
}

run "one_finding_raises_an_alarm_and_missing_data_does_not_end_it" {
  command = apply

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.integrity_findings.metric_name == "IntegrityFindings"
      && aws_cloudwatch_metric_alarm.integrity_findings.dimensions.function == "reconcile"
      && aws_cloudwatch_metric_alarm.integrity_findings.threshold == 0
      && aws_cloudwatch_metric_alarm.integrity_findings.evaluation_periods == 1
      && aws_cloudwatch_metric_alarm.integrity_findings.treat_missing_data == "ignore"
    )
    error_message = "The first finding must raise the alarm."
  }
}

run "a_log_that_falls_behind_raises_an_alarm" {
  command = apply

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.seal_lag.metric_name == "SealLagSeconds"
      && aws_cloudwatch_metric_alarm.seal_lag.threshold == 300
    )
    error_message = "An entry that has waited for five minutes must raise the alarm."
  }
}

run "missing_comparisons_raise_an_alarm" {
  command = apply

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.reconcile.statistic == "SampleCount"
      && aws_cloudwatch_metric_alarm.reconcile.comparison_operator == "LessThanThreshold"
      && aws_cloudwatch_metric_alarm.reconcile.treat_missing_data == "breaching"
    )
    error_message = "Missing data must raise the alarm."
  }
}

run "every_alarm_notifies_the_alarm_actions" {
  command = apply

  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.dead_letters), values(aws_cloudwatch_metric_alarm.oldest_message),
        values(aws_cloudwatch_metric_alarm.function_errors), values(aws_cloudwatch_metric_alarm.unknown_senders),
        [
          aws_cloudwatch_metric_alarm.integrity_findings, aws_cloudwatch_metric_alarm.seal_lag,
          aws_cloudwatch_metric_alarm.reconcile, aws_cloudwatch_metric_alarm.manifests,
          aws_cloudwatch_metric_alarm.outbox,
        ],
      ) : length(alarm.alarm_actions) == 1 && length(alarm.ok_actions) == 1
    ])
    error_message = "alarm_actions must be notified of the start and the end of every alarm."
  }
}
