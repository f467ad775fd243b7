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
    defaults = { checksum_sha256 = "b7amFPzN7k+g/Hyryv6DD2kEuLOWt8ezkP/6dIo6jmU=" } # SHA-256 of the key
  }
}

variables {
  origin               = "example.com/log"
  signer_role_arn      = "arn:aws:iam::123456789012:role/sealer"
  bucket               = "packages"
  deletion_window_days = 30
}

run "the_verifier_key_has_name_key_id_and_key" {
  command = apply

  assert {
    condition     = output.vkey == "example.com/log+6fb6a614+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCQj4zMA6Mnh8u9CZ//svXNhBxEjGxqfVLDWVqtZOInsp2sgALJtbVjzX+2qXVh/DplzYqzazvFO4v9Wog7DCvg="
    error_message = "The verifier key must be <name>+<first 4 bytes of the SHA-256>+<base64 of 0x02 and the key>."
  }

  assert {
    condition     = output.fingerprint == "SHA256:b7amFPzN7k+g/Hyryv6DD2kEuLOWt8ezkP/6dIo6jmU"
    error_message = "The fingerprint must have the form that OpenSSH prints."
  }
}

run "only_the_signer_can_sign" {
  command = apply

  assert {
    condition = [
      for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Principal.AWS if contains(flatten([statement.Action]), "kms:Sign")
    ] == ["arn:aws:iam::123456789012:role/sealer"]
    error_message = "No principal but the signer's role may sign."
  }

  assert {
    condition = alltrue(flatten([
      for statement in jsondecode(aws_kms_key.this.policy).Statement : [
        for action in flatten([statement.Action]) : !contains(["kms:CreateGrant", "kms:GenerateMac"], action) && !endswith(action, "*")
      ]
    ]))
    error_message = "A grant could let another principal sign."
  }

  assert {
    condition     = aws_kms_key.this.key_usage == "SIGN_VERIFY" && aws_kms_key.this.customer_master_key_spec == "ECC_NIST_P256"
    error_message = "The key must sign with ECDSA on P-256."
  }
}
