variable "origin" {
  description = "The log's name in its checkpoints, and the name of its key."
  type        = string
}

variable "signer_role_arn" {
  description = "ARN of the only role that can sign."
  type        = string
}

variable "bucket" {
  description = "Bucket for the public key, from which S3 computes the fingerprint."
  type        = string
}

variable "deletion_window_days" {
  description = "Days between the request to delete the key and its deletion, 7 to 30."
  type        = number
}
