# The services' code on its way to Lambda. It goes through a bucket because the provider uploads local files to Lambda
# one after the other (5 s each), while Lambda functions can fetch from S3 in parallel.

locals {
  package_files = { for service in local.services : service => "${var.packages_dir}/${service}.zip" }

  packages = {
    for service, file in local.package_files : service => {
      bucket = aws_s3_object.package[service].bucket
      key    = aws_s3_object.package[service].key
      sha256 = filebase64sha256(file)
    }
  }
}

resource "aws_s3_bucket" "packages" {
  bucket        = "${local.name}-packages-${local.account_id}"
  force_destroy = true # every package can be rebuilt byte for byte
}

resource "aws_s3_bucket_public_access_block" "packages" {
  bucket = aws_s3_bucket.packages.id

  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "package" {
  for_each = local.package_files

  bucket      = aws_s3_bucket.packages.id
  key         = "${each.key}.zip"
  source      = each.value
  source_hash = filesha256(each.value)
}
