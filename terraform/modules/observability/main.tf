locals {
  # SQS and Lambda publish their metrics once a minute.
  period_seconds = 60
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = var.dead_letter_queues

  alarm_name          = "${each.value}-not-empty"
  alarm_description   = "A message failed every time it was received. See docs/runbooks/dead-letters.md."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = local.period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "oldest_message" {
  for_each = var.queues

  alarm_name          = "${each.value}-behind"
  alarm_description   = "The consumer does not keep up: a message has been in the queue for more than ${var.oldest_message_seconds} s."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = local.period_seconds
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.oldest_message_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "function_errors" {
  for_each = var.functions

  alarm_name          = "${each.value}-errors"
  alarm_description   = "An invocation ended with an error or a timeout."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value }
  statistic           = "Sum"
  period              = local.period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "outbox" {
  alarm_name          = "${var.name}-outbox-stuck"
  alarm_description   = "An event has been in the outbox for more than ${var.oldest_event_seconds} s, or the relay does not run. See docs/runbooks/outbox.md."
  namespace           = var.outbox_metric.namespace
  metric_name         = var.outbox_metric.name
  dimensions          = var.outbox_metric.dimensions
  statistic           = "Maximum"
  period              = local.period_seconds
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.oldest_event_seconds
  # The relay reports every minute, even if the outbox is empty. Missing data means that it does not run.
  treat_missing_data = "breaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "manifests" {
  alarm_name          = "${var.name}-manifests-late"
  alarm_description   = "No manifest for more than ${var.oldest_manifest_seconds} s. See docs/runbooks/manifests.md."
  namespace           = var.manifest_metric.namespace
  metric_name         = var.manifest_metric.name
  dimensions          = var.manifest_metric.dimensions
  statistic           = "Maximum"
  period              = local.period_seconds
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.oldest_manifest_seconds
  # Reported every minute, also without events. Missing data means that no run ends.
  treat_missing_data = "breaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "unknown_senders" {
  for_each = var.unknown_sender_metrics

  alarm_name          = "${var.name}-${each.key}-unknown-sender"
  alarm_description   = "Something else than a producer sent a message to the queue. It was not consumed. See docs/runbooks/unknown-sender.md."
  namespace           = each.value.namespace
  metric_name         = each.value.name
  dimensions          = each.value.dimensions
  statistic           = "Sum"
  period              = local.period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "integrity_findings" {
  alarm_name          = "${var.name}-integrity-findings"
  alarm_description   = "The audit trail, its log, a manifest or a workflow's state was changed or is missing. See docs/runbooks/integrity.md."
  namespace           = var.integrity_metrics.namespace
  metric_name         = "IntegrityFindings"
  dimensions          = var.integrity_metrics.dimensions
  statistic           = "Maximum"
  period              = local.period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  # Without data the finding is still there. That no run ends is an alarm of its own.
  treat_missing_data = "ignore"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "seal_lag" {
  alarm_name          = "${var.name}-audit-log-behind"
  alarm_description   = "An entry has waited for the audit log for more than ${var.oldest_entry_seconds} s. See docs/runbooks/integrity.md."
  namespace           = var.integrity_metrics.namespace
  metric_name         = "SealLagSeconds"
  dimensions          = var.integrity_metrics.dimensions
  statistic           = "Maximum"
  period              = local.period_seconds
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.oldest_entry_seconds
  treat_missing_data  = "ignore"
  alarm_actions       = var.alarm_actions
  ok_actions          = var.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "reconcile" {
  alarm_name          = "${var.name}-audit-not-reconciled"
  alarm_description   = "No comparison of the audit trail has ended for five minutes. See docs/runbooks/integrity.md."
  namespace           = var.integrity_metrics.namespace
  metric_name         = "IntegrityFindings"
  dimensions          = var.integrity_metrics.dimensions
  statistic           = "SampleCount"
  period              = local.period_seconds
  evaluation_periods  = 5
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  # Reported every minute. Missing data means that no run ends.
  treat_missing_data = "breaching"
  alarm_actions      = var.alarm_actions
  ok_actions         = var.alarm_actions
}
