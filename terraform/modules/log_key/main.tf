data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}

locals {
  account_root = "arn:${data.aws_partition.this.partition}:iam::${data.aws_caller_identity.this.account_id}:root"

  # Resource `*` in a key policy is the key itself (KMS Developer Guide, "Key policies in AWS KMS").
  key_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AllowSignerToSign"
        Effect    = "Allow"
        Action    = "kms:Sign"
        Principal = { AWS = var.signer_role_arn }
        Resource  = "*"
      },
      {
        # The account decides by IAM who may do this. Signing and grants are not in the list, so that no IAM policy can allow them.
        Sid    = "AllowAccountToVerifyAndAdminister"
        Effect = "Allow"
        Action = [
          "kms:CancelKeyDeletion", "kms:DescribeKey", "kms:DisableKey", "kms:EnableKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
          "kms:GetPublicKey", "kms:ListGrants", "kms:ListKeyPolicies", "kms:ListResourceTags", "kms:PutKeyPolicy",
          "kms:RevokeGrant", "kms:ScheduleKeyDeletion", "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription", "kms:Verify",
        ]
        Principal = { AWS = local.account_root }
        Resource  = "*"
      },
    ]
  }
}

resource "aws_kms_key" "this" {
  description              = "Signs the checkpoints of the audit log ${var.origin}"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
  deletion_window_in_days  = var.deletion_window_days
  policy                   = jsonencode(local.key_policy)
}

data "aws_kms_public_key" "this" {
  key_id = aws_kms_key.this.arn
}

# Terraform has no function for the SHA-256 of bytes, but S3 computes it.
resource "aws_s3_object" "this" {
  bucket             = var.bucket
  key                = "log-public-key.der"
  content_base64     = data.aws_kms_public_key.this.public_key
  content_type       = "application/octet-stream"
  checksum_algorithm = "SHA256"
}
