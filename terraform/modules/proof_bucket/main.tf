locals {
  everything = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]

  # Principal `*` and action `s3:*`: a Deny statement must match all callers and all actions.
  requests_without_tls = var.require_tls ? [{
    Sid       = "DenyRequestsWithoutTls"
    Effect    = "Deny"
    Action    = "s3:*"
    Principal = "*"
    Resource  = local.everything
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }] : []

  # aws:PrincipalArn is a role's ARN on AWS, and the ARN of its session on MiniStack.
  writer_session_arns = [
    for arn in var.writer_role_arns : "${replace(replace(arn, ":iam:", ":sts:"), ":role/", ":assumed-role/")}/*"
  ]

  # Principal `*`: also a role that another policy allows to write everything.
  writes_by_others = length(var.writer_role_arns) == 0 ? [] : [{
    Sid       = "DenyWritesByOthers"
    Effect    = "Deny"
    Action    = "s3:PutObject"
    Principal = "*"
    Resource  = "${aws_s3_bucket.this.arn}/*"
    Condition = { ArnNotLike = { "aws:PrincipalArn" = concat(var.writer_role_arns, local.writer_session_arns) } }
  }]

  # Principal `*`: no one. A delete marker would hide an object, even though Object Lock keeps its versions.
  deletions = var.force_destroy ? [] : [{
    Sid    = "DenyDeletions"
    Effect = "Deny"
    Action = [
      "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention", "s3:PutLifecycleConfiguration",
    ]
    Principal = "*"
    Resource  = local.everything
  }]

  statements = concat(local.requests_without_tls, local.writes_by_others, local.deletions)
}

resource "aws_s3_bucket" "this" {
  bucket              = var.name
  object_lock_enabled = true
  force_destroy       = var.force_destroy
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    default_retention {
      mode = var.mode
      days = var.retention_days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "this" {
  count = length(local.statements) == 0 ? 0 : 1

  bucket = aws_s3_bucket.this.id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements })

  depends_on = [aws_s3_bucket_public_access_block.this]
}
