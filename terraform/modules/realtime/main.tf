data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

data "aws_iot_endpoint" "this" {
  count = var.endpoint == null ? 1 : 0

  endpoint_type = "iot:Data-ATS"
}

locals {
  arn_prefix = join(":", [
    "arn", data.aws_partition.this.partition, "iot", data.aws_region.this.name, data.aws_caller_identity.this.account_id,
  ])
  endpoint = var.endpoint == null ? data.aws_iot_endpoint.this[0].endpoint_address : var.endpoint
}

# For subscribers with a certificate. The thing is named after the user's `sub`; IoT substitutes the name.
resource "aws_iot_policy" "this" {
  name = "${var.name}-subscriber"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "iot:Connect"
        Resource  = "${local.arn_prefix}:client/$${iot:Connection.Thing.ThingName}"
        Condition = { Bool = { "iot:Connection.Thing.IsAttached" = "true" } }
      },
      {
        Effect   = "Allow"
        Action   = "iot:Subscribe"
        Resource = "${local.arn_prefix}:topicfilter/notifications-$${iot:Connection.Thing.ThingName}"
      },
      {
        Effect   = "Allow"
        Action   = "iot:Receive"
        Resource = "${local.arn_prefix}:topic/notifications-$${iot:Connection.Thing.ThingName}"
      },
    ]
  })
}

# For browsers. The credential issuer assumes this role with a session policy that allows one user's client ids and topic. The
# wildcards in the role's own policy are the upper bound for those session policies.
resource "aws_iam_role" "this" {
  name                 = "${var.name}-subscriber"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = var.issuer_role_arn }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "subscribe"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "iot:Connect", Resource = "${local.arn_prefix}:client/*" },
      { Effect = "Allow", Action = "iot:Subscribe", Resource = "${local.arn_prefix}:topicfilter/notifications-*" },
      { Effect = "Allow", Action = "iot:Receive", Resource = "${local.arn_prefix}:topic/notifications-*" },
    ]
  })
}
