output "bucket" {
  description = "Name of the bucket for the console's files."
  value       = aws_s3_bucket.this.bucket
}

output "origin" {
  description = "Origin (scheme and host) of the console on AWS. Null without a distribution."
  value       = one([for distribution in aws_cloudfront_distribution.this : "https://${distribution.domain_name}"])
}

output "headers" {
  description = "Headers of every response that the console is served with, including its Content-Security-Policy."
  value       = local.headers
}
