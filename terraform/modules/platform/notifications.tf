# The notifications service: its queue, its table, its functions, what each may do.

locals {
  notifications_environment = merge(local.environments.notifications, {
    NOTIFICATIONS_TABLE = module.notifications_table.name
    USER_POOL_ID        = module.identity.user_pool_id
    # Empty: the SDK's own resolution, which an emulator steers. On AWS the account's own endpoint has to be named.
    IOT_DATA_ENDPOINT       = local.on_aws ? "https://${module.realtime.endpoint}" : ""
    IOT_SUBSCRIBER_ENDPOINT = module.realtime.endpoint
    IOT_TOPIC_ARN_PREFIX    = module.realtime.arn_prefix
    SUBSCRIBER_ROLE_ARN     = module.realtime.subscriber_role_arn
  })
}

module "notifications_queue" {
  source = "../queue"

  name                     = "${local.name}-notifications"
  consumer_timeout_seconds = local.consumer_timeout_seconds
}

module "notifications_table" {
  source = "../table"

  name                = "${local.name}-notifications"
  hash_key            = "notificationId"
  ttl_attribute       = "expiresAt"
  deletion_protection = var.deletion_protection

  attributes = { notificationId = "S", recipient = "S", unreadOf = "S", position = "S" }

  indexes = {
    recipient = { hash_key = "recipient", range_key = "position" }
    unread    = { hash_key = "unreadOf", range_key = "position", projection = "KEYS_ONLY" }
  }
}

module "send_notifications" {
  source = "../lambda_function"

  name               = "${local.name}-notifications-send-notifications"
  package            = local.packages.notifications
  handler            = "notifications_service.handlers.send_notifications.handler"
  timeout_seconds    = local.consumer_timeout_seconds
  environment        = local.notifications_environment
  queue              = { arn = module.notifications_queue.arn }
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    { actions = ["dynamodb:PutItem"], resources = [module.notifications_table.arn] },
    { actions = ["cognito-idp:ListUsersInGroup"], resources = [module.identity.user_pool_arn] },
    # One topic per user: which users there are is not known here.
    { actions = ["iot:Publish"], resources = ["${module.realtime.arn_prefix}:topic/notifications-*"] },
  ]
}

module "notifications_api" {
  source = "../lambda_function"

  name               = "${local.name}-notifications-api"
  package            = local.packages.notifications
  handler            = "notifications_service.handlers.api.handler"
  timeout_seconds    = local.api_timeout_seconds
  memory_mb          = 1024
  environment        = local.notifications_environment
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    { actions = ["dynamodb:BatchGetItem", "dynamodb:UpdateItem"], resources = [module.notifications_table.arn] },
    {
      actions = ["dynamodb:Query"]
      resources = [
        module.notifications_table.index_arns.recipient,
        module.notifications_table.index_arns.unread,
      ]
    },
    { actions = ["sts:AssumeRole"], resources = [module.realtime.subscriber_role_arn] },
  ]
}
