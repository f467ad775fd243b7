variable "name" {
  description = "Name of the bucket, unique across AWS."
  type        = string
}

variable "mode" {
  description = "Object Lock mode: COMPLIANCE (no one can delete an object before its retention ends) or GOVERNANCE (a user with s3:BypassGovernanceRetention can)."
  type        = string

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.mode)
    error_message = "The mode must be COMPLIANCE or GOVERNANCE."
  }
}

variable "retention_days" {
  description = "Number of days that Object Lock keeps each version of an object. A change applies to new objects."
  type        = number

  validation {
    condition     = var.retention_days >= 1
    error_message = "The retention is at least one day."
  }
}

variable "writer_role_arns" {
  description = "ARNs of the only roles that can write objects, whatever other roles allow. If empty, IAM alone decides."
  type        = list(string)
}

variable "require_tls" {
  description = "Whether requests without TLS are rejected. False on an emulator, which has no TLS."
  type        = bool
  default     = true
}

variable "force_destroy" {
  description = "Whether the bucket's policy allows deletions, and `terraform destroy` deletes objects that GOVERNANCE locks. Objects that COMPLIANCE locks stay."
  type        = bool
}
