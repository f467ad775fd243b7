# The services' code on its way to Lambda. Through a bucket and not straight from the file: the provider uploads
# files one function after the other (5 s each), but lets Lambda fetch from S3 side by side.

locals {
  zip_files = { for service in local.services : service => "${var.zips_dir}/${service}.zip" }

  zips = {
    for service, file in local.zip_files : service => {
      bucket = aws_s3_object.zip[service].bucket
      key    = aws_s3_object.zip[service].key
      sha256 = filebase64sha256(file)
    }
  }
}

resource "aws_s3_bucket" "zips" {
  bucket        = "${local.name}-zips-${local.account_id}"
  force_destroy = true # each zip can be built again, byte for byte
}

resource "aws_s3_bucket_public_access_block" "zips" {
  bucket = aws_s3_bucket.zips.id

  block_public_acls       = true
  ignore_public_acls      = true
  block_public_policy     = true
  restrict_public_buckets = true
}

resource "aws_s3_object" "zip" {
  for_each = local.zip_files

  bucket      = aws_s3_bucket.zips.id
  key         = "${each.key}.zip"
  source      = each.value
  source_hash = filesha256(each.value)
}
