output "arn" {
  description = "ARN of the key."
  value       = aws_kms_key.this.arn
}

output "public_key_pem" {
  description = "The public key in PEM."
  value       = data.aws_kms_public_key.this.public_key_pem
}

output "fingerprint" {
  description = "SHA-256 of the public key in DER, as OpenSSH prints fingerprints."
  value       = "SHA256:${trim(aws_s3_object.this.checksum_sha256, "=")}"
}

output "vkey" {
  description = "The public key as a verifier key (C2SP signed-note): what verifiers are given."
  value       = local.vkey
}
