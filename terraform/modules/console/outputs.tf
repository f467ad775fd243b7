output "bucket" {
  description = "Name of the bucket that the console's files go to."
  value       = aws_s3_bucket.this.bucket
}

output "distribution_id" {
  description = "Id of the distribution; null where there is none."
  value       = one([for distribution in aws_cloudfront_distribution.this : distribution.id])
}

output "origin" {
  description = "Origin of the console's pages on AWS; null where there is no distribution."
  value       = one([for distribution in aws_cloudfront_distribution.this : "https://${distribution.domain_name}"])
}
