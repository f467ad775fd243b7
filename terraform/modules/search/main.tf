data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  # Composed instead of read from the resource, because the domain's own access policy contains it, and because the roles
  # need it where no domain is created.
  arn = join(":", [
    "arn", data.aws_partition.this.partition, "es", data.aws_region.this.name,
    data.aws_caller_identity.this.account_id, "domain/${var.name}",
  ])

  # Role name → one statement per HTTP method, such as es:ESHttpPost on the ARNs of the paths.
  policy_statements = {
    for name, access in var.access : name => [
      for method, paths in access.paths : {
        actions   = ["es:ESHttp${title(lower(method))}"]
        resources = [for path in paths : "${local.arn}${path}"]
      }
    ]
  }

  domains   = var.create_domain ? { (var.name) = var.domain } : {}
  log_types = var.create_domain ? toset(["INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS", "ES_APPLICATION_LOGS"]) : toset([])
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_types

  name              = "/aws/opensearch/${var.name}/${lower(each.key)}"
  retention_in_days = var.log_retention_days
}

resource "aws_cloudwatch_log_resource_policy" "this" {
  for_each = local.domains

  policy_name = "${each.key}-opensearch"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Principal = { Service = "es.amazonaws.com" }
      Resource  = [for group in aws_cloudwatch_log_group.this : "${group.arn}:*"]
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

resource "aws_opensearch_domain" "this" {
  for_each = local.domains

  domain_name    = each.key
  engine_version = each.value.engine_version

  cluster_config {
    instance_type            = each.value.instance_type
    instance_count           = each.value.instance_count
    dedicated_master_enabled = each.value.dedicated_master_type != null
    dedicated_master_type    = each.value.dedicated_master_type
    dedicated_master_count   = each.value.dedicated_master_type == null ? null : 3
    zone_awareness_enabled   = each.value.zones > 1

    dynamic "zone_awareness_config" {
      for_each = each.value.zones > 1 ? [each.value.zones] : []
      content {
        availability_zone_count = zone_awareness_config.value
      }
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = each.value.volume_gb
  }

  encrypt_at_rest {
    enabled = true
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = flatten([
      for name, access in var.access : [
        for statement in local.policy_statements[name] : {
          Effect    = "Allow"
          Action    = statement.actions
          Principal = { AWS = access.role_arn }
          Resource  = statement.resources
        }
      ]
    ])
  })

  dynamic "log_publishing_options" {
    for_each = aws_cloudwatch_log_group.this
    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = log_publishing_options.value.arn
    }
  }

  # OpenSearch rejects log_publishing_options until this policy allows it to write.
  depends_on = [aws_cloudwatch_log_resource_policy.this]
}
