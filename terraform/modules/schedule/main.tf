resource "aws_iam_role" "this" {
  name = "${var.name}-schedule"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "invoke"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:InvokeFunction"
      Resource = var.function.arn
    }]
  })
}

resource "aws_scheduler_schedule" "this" {
  name                = var.name
  description         = var.description
  schedule_expression = var.expression

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.function.arn
    role_arn = aws_iam_role.this.arn

    # The next run does the work of a failed one. A late retry would run at the same time as the next run.
    retry_policy {
      maximum_retry_attempts       = 0
      maximum_event_age_in_seconds = 60
    }
  }

  depends_on = [aws_iam_role_policy.this]
}

# EventBridge Scheduler invokes functions asynchronously. By default, Lambda retries a failed asynchronous invocation twice.
resource "aws_lambda_function_event_invoke_config" "this" {
  function_name                = var.function.name
  maximum_retry_attempts       = 0
  maximum_event_age_in_seconds = 60
}
