locals {
  distributions = var.create_distribution ? toset(["this"]) : toset([])

  # Ids of CloudFront's managed policies. They are the same in every account (CloudFront Developer Guide, "Use managed
  # cache policies" and "Use managed response headers policies").
  caching_optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  caching_disabled  = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"

  # The one definition of the headers: for CloudFront, and as an output for the server of a local cloud.
  headers = {
    content-security-policy = join("; ", [
      "default-src 'none'",
      "script-src 'self'",
      "worker-src 'self'",
      # Cloudscape sets inline styles. No script is inline.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self' data:",
      "connect-src ${join(" ", concat(["'self'"], var.connect_sources))}",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    cross-origin-opener-policy = "same-origin"
    permissions-policy         = "camera=(), geolocation=(), microphone=()"
    referrer-policy            = "no-referrer"
    strict-transport-security  = "max-age=31536000"
    x-content-type-options     = "nosniff"
    x-frame-options            = "DENY"
  }

  distribution_reads = {
    Sid       = "AllowDistributionToRead"
    Effect    = "Allow"
    Action    = "s3:GetObject"
    Principal = { Service = "cloudfront.amazonaws.com" }
    Resource  = "${aws_s3_bucket.this.arn}/*"
    Condition = { StringEquals = { "AWS:SourceArn" = one([for d in aws_cloudfront_distribution.this : d.arn]) } }
  }

  # Principal `*`: only on an emulator, where there is no distribution and browsers read the bucket directly.
  everyone_reads = {
    Sid       = "AllowEveryoneToRead"
    Effect    = "Allow"
    Action    = "s3:GetObject"
    Principal = "*"
    Resource  = "${aws_s3_bucket.this.arn}/*"
  }

  # Principal `*` and action `s3:*`: a Deny statement must match all callers and all actions.
  requests_without_tls = {
    Sid       = "DenyRequestsWithoutTls"
    Effect    = "Deny"
    Action    = "s3:*"
    Principal = "*"
    Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
    Condition = { Bool = { "aws:SecureTransport" = "false" } }
  }
}

resource "aws_s3_bucket" "this" {
  bucket        = var.bucket
  force_destroy = var.force_destroy
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket = aws_s3_bucket.this.id

  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = var.create_distribution
  restrict_public_buckets = var.create_distribution
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id

  policy = (
    var.create_distribution
    ? jsonencode({ Version = "2012-10-17", Statement = [local.distribution_reads, local.requests_without_tls] })
    : jsonencode({ Version = "2012-10-17", Statement = [local.everyone_reads] })
  )

  depends_on = [aws_s3_bucket_public_access_block.this]
}

resource "aws_s3_object" "this" {
  bucket        = aws_s3_bucket.this.id
  key           = "config.json"
  content       = jsonencode(var.config)
  content_type  = "application/json"
  cache_control = "no-store"
}

resource "aws_cloudfront_origin_access_control" "this" {
  for_each = local.distributions

  name                              = var.bucket
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_response_headers_policy" "this" {
  for_each = local.distributions

  name = var.bucket

  security_headers_config {
    content_security_policy {
      content_security_policy = local.headers.content-security-policy
      override                = true
    }
    content_type_options {
      override = true
    }
    frame_options {
      frame_option = local.headers.x-frame-options
      override     = true
    }
    referrer_policy {
      referrer_policy = local.headers.referrer-policy
      override        = true
    }
    strict_transport_security {
      access_control_max_age_sec = tonumber(trimprefix(local.headers.strict-transport-security, "max-age="))
      override                   = true
    }
  }

  # CloudFront has no settings of their own for these.
  custom_headers_config {
    dynamic "items" {
      for_each = toset(["cross-origin-opener-policy", "permissions-policy"])
      content {
        header   = items.value
        value    = local.headers[items.value]
        override = true
      }
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  for_each = local.distributions

  enabled             = true
  comment             = var.bucket
  default_root_object = "index.html"
  price_class         = var.price_class
  http_version        = "http2and3"

  origin {
    origin_id                = "bucket"
    domain_name              = aws_s3_bucket.this.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.this[each.key].id
  }

  default_cache_behavior {
    target_origin_id           = "bucket"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = local.caching_optimized
    response_headers_policy_id = aws_cloudfront_response_headers_policy.this[each.key].id
  }

  # Not cached, so that browsers get what the newest deployment has under these names.
  dynamic "ordered_cache_behavior" {
    for_each = ["/config.json", "/index.html", "/session-worker.js"]
    content {
      path_pattern               = ordered_cache_behavior.value
      target_origin_id           = "bucket"
      viewer_protocol_policy     = "redirect-to-https"
      allowed_methods            = ["GET", "HEAD"]
      cached_methods             = ["GET", "HEAD"]
      compress                   = true
      cache_policy_id            = local.caching_disabled
      response_headers_policy_id = aws_cloudfront_response_headers_policy.this[each.key].id
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
