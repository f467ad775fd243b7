# The notifications service: queue, table, functions.

locals {
  notifications_environment = merge(local.environments.notifications, {
    NOTIFICATIONS_TABLE = module.notifications_table.name
    USER_POOL_ID        = module.identity.user_pool_id
    # On AWS the SDK needs the account's own endpoint. If empty, it uses AWS_ENDPOINT_URL, which the emulator sets.
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
  producers                = local.producers.notifications
  consumer_role_arn        = module.send_notifications.role_arn
  require_tls              = local.on_aws
}

module "notifications_table" {
  source = "../table"

  name                = "${local.name}-notifications"
  hash_key            = "notificationId"
  ttl_attribute       = "expiresAt"
  deletion_protection = var.deletion_protection

  attributes = { notificationId = "S", recipient = "S", unreadOf = "S", position = "S" }

  indexes = {
    recipient = { hash_key = "recipient", range_key = "position", projection = "KEYS_ONLY" }
    unread = {
      hash_key           = "unreadOf"
      range_key          = "position"
      projection         = "INCLUDE"
      non_key_attributes = ["workflowId"]
    }
  }
}

module "send_notifications" {
  source = "../lambda_function"

  name               = "${local.name}-notifications-send-notifications"
  package            = local.packages.notifications
  handler            = "notifications_service.handlers.send_notifications.handler"
  timeout_seconds    = local.consumer_timeout_seconds
  memory_mb          = 1024 # publishing to hundreds of recipients is CPU-bound
  environment        = local.notifications_environment
  queue              = module.notifications_queue.consumer
  log_retention_days = var.log_retention_days
  tracing            = var.tracing

  policy_statements = [
    {
      actions   = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
      resources = [module.notifications_table.arn]
    },
    # Erasures, which are rare, so that there is no index by event.
    { actions = ["dynamodb:Scan"], resources = [module.notifications_table.arn] },
    { actions = ["cognito-idp:ListUsersInGroup"], resources = [module.identity.user_pool_arn] },
    # `*`: there is one topic per user.
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
