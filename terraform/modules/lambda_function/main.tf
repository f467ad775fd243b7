locals {
  queue_statements = var.queue == null ? [] : [
    {
      actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      resources = [var.queue.arn, var.queue.dead_letter_arn]
    },
    # For messages of unknown senders.
    { actions = ["sqs:SendMessage"], resources = [var.queue.dead_letter_arn] },
  ]

  # Read by countersign_common.aws.senders.
  queue_environment = var.queue == null ? {} : {
    ALLOWED_SENDERS       = join(",", var.queue.allowed_senders)
    DEAD_LETTER_QUEUE_URL = var.queue.dead_letter_url
  }

  # Resource `*`: these actions support no other resource (AWS Service Authorization Reference, "AWS X-Ray").
  tracing_statements = var.tracing ? [{
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }] : []

  log_statements = [{
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.this.arn}:*"]
  }]

  statements = concat(local.log_statements, local.queue_statements, local.tracing_statements, var.policy_statements)
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "this" {
  name = var.name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "function"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [for statement in local.statements : merge(
      {
        Effect   = "Allow"
        Action   = statement.actions
        Resource = statement.resources
      },
      { for key, value in { Condition = try(statement.conditions, {}) } : key => value if length(value) > 0 },
    )]
  })
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = "python3.13"
  architectures    = ["arm64"]
  handler          = var.handler
  s3_bucket        = var.package.bucket
  s3_key           = var.package.key
  source_code_hash = var.package.sha256
  timeout          = var.timeout_seconds
  memory_size      = var.memory_mb

  reserved_concurrent_executions = var.reserved_concurrency

  environment {
    variables = merge(var.environment, local.queue_environment)
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  count = var.queue == null ? 0 : 1

  function_name           = aws_lambda_function.this.arn
  event_source_arn        = var.queue.arn
  batch_size              = var.queue.batch_size
  function_response_types = ["ReportBatchItemFailures"]

  # On creation, Lambda checks that the role can read the queue.
  depends_on = [aws_iam_role_policy.this]
}

# Consumes dead letters once their cause is fixed. Operators enable it (see docs/runbooks/dead-letters.md), because they can't send
# messages to the queue, and because a message that is moved back by SQS or by an operator has another sender.
resource "aws_lambda_event_source_mapping" "dead_letters" {
  count = var.queue == null ? 0 : 1

  function_name           = aws_lambda_function.this.arn
  event_source_arn        = var.queue.dead_letter_arn
  batch_size              = var.queue.batch_size
  function_response_types = ["ReportBatchItemFailures"]
  enabled                 = false

  depends_on = [aws_iam_role_policy.this]
}
