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
    name       = "EventsLeft"
    dimensions = { service = "workflow", function = "relay-outbox" }
  }
}

run "one_dead_letter_is_an_alarm" {
  command = apply

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.dead_letters) == 2
    error_message = "Each dead-letter queue has its alarm."
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.dead_letters :
      alarm.threshold == 0 && alarm.comparison_operator == "GreaterThanThreshold" && alarm.evaluation_periods == 1
    ])
    error_message = "The first message in a dead-letter queue raises the alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.dead_letters["notifications"].dimensions.QueueName == "q-notifications-dlq"
    error_message = "The alarm watches the queue it is named for."
  }
}

run "a_late_consumer_is_an_alarm" {
  command = apply

  assert {
    condition     = aws_cloudwatch_metric_alarm.oldest_message["audit-trail"].metric_name == "ApproximateAgeOfOldestMessage"
    error_message = "A consumer is behind by the age of its oldest message."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.oldest_message["audit-trail"].threshold == 120
    error_message = "The age comes from the variable."
  }
}

run "an_error_of_any_function_is_an_alarm" {
  command = apply

  assert {
    condition     = toset([for alarm in aws_cloudwatch_metric_alarm.function_errors : alarm.dimensions.FunctionName]) == toset(["f-audit-api", "f-workflow-api"])
    error_message = "Each function has its alarm."
  }
}

run "a_silent_relay_is_an_alarm" {
  command = apply

  assert {
    condition     = aws_cloudwatch_metric_alarm.outbox.treat_missing_data == "breaching"
    error_message = "No report of the relay means that it does not run."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.outbox.namespace == "Countersign" && aws_cloudwatch_metric_alarm.outbox.metric_name == "EventsLeft"
    error_message = "The alarm reads the relay's own metric."
  }
}

run "every_alarm_tells_somebody" {
  command = apply

  assert {
    condition = alltrue([
      for alarm in concat(
        values(aws_cloudwatch_metric_alarm.dead_letters), values(aws_cloudwatch_metric_alarm.oldest_message),
        values(aws_cloudwatch_metric_alarm.function_errors), [aws_cloudwatch_metric_alarm.outbox],
      ) : length(alarm.alarm_actions) == 1 && length(alarm.ok_actions) == 1
    ])
    error_message = "Begin and end of every alarm go to alarm_actions."
  }

  assert {
    condition     = length(output.alarm_names) == 6
    error_message = "Two dead-letter queues, one queue, two functions, one outbox."
  }
}
