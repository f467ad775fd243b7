mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_kms_public_key" {
    # A public key of P-256 in DER: 91 bytes.
    defaults = { public_key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJCPjMwDoyeHy70Jn/+y9c2EHESMbGp9UsNZWq1k4ieynayAAsm1tWPNf7apdWH8OmXNirNrO8U7i/1aiDsMK+A==" }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-44cd-96ef-1234567890ab" }
  }
  mock_resource "aws_s3_object" {
    defaults = { checksum_sha256 = "AAAAD/zN7k+g/Hyryv6DD2kEuLOWt8ezkP/6dIo6jmU=" }
  }
}

variables {
  origin               = "example.com/log"
  signer_role_arn      = "arn:aws:iam::123456789012:role/sealer"
  bucket               = "packages"
  deletion_window_days = 30
}

run "a_key_id_can_start_with_zeros" {
  command = apply

  assert {
    condition     = startswith(output.vkey, "example.com/log+0000000f+")
    error_message = "A key id always has eight digits."
  }
}
