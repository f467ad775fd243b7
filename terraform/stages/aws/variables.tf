variable "stage" {
  description = "Name of the stage. Resource names start with countersign-<stage>."
  type        = string

  validation {
    condition     = var.stage != "local"
    error_message = "The stage local runs on an emulator: use `make apply` without STAGE."
  }
}

variable "account_id" {
  description = "Id of the stage's AWS account. Terraform stops when the credentials belong to another account."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An AWS account id has 12 digits."
  }
}

variable "region" {
  description = "AWS region of the stage."
  type        = string
}

variable "packages_dir" {
  description = "Folder with one Lambda package per service, such as workflow.zip."
  type        = string
  default     = "../../../.countersign/zips"
}

variable "cors_origins" {
  description = "Origins that can call the API and sign in from a browser, in addition to the console."
  type        = list(string)
}

variable "search_domain" {
  description = "Size of the OpenSearch domain. Omitted attributes take the defaults of the search module."
  type = object({
    engine_version        = optional(string)
    instance_type         = optional(string)
    instance_count        = optional(number)
    dedicated_master_type = optional(string)
    zones                 = optional(number)
    volume_gb             = optional(number)
  })
}

variable "alarms" {
  description = "SNS topics (ARNs) that alarms notify, and the age of a queue's oldest message, in seconds, that raises an alarm."
  type = object({
    actions                = list(string)
    oldest_message_seconds = optional(number)
  })
}

variable "mfa" {
  description = "Whether users need a second factor, an authenticator app: OFF, OPTIONAL or ON."
  type        = string
}

variable "allow_password_auth" {
  description = "Whether users can sign in with USER_PASSWORD_AUTH, which scripts use, in addition to SRP."
  type        = bool
}

variable "deletion_protection" {
  description = "Whether the tables, the user pool and the console's bucket are protected from deletion."
  type        = bool
}

variable "log_level" {
  description = "Lowest level that the functions log: DEBUG, INFO, WARNING or ERROR."
  type        = string
}

variable "log_retention_days" {
  description = "Number of days to keep logs."
  type        = number
}

variable "object_lock" {
  description = "Object Lock of the buckets with evidence: mode and days. Objects in mode COMPLIANCE can't be deleted by anyone before that."
  type = object({
    mode           = string
    retention_days = number
  })
}

variable "audit_retention_days" {
  description = "Number of days after which the personal data and the content of audit records are erased, for schemes without a period of their own."
  type        = number
}

variable "witnesses" {
  description = "Verifier keys of the witnesses whose cosignatures of checkpoints are accepted."
  type        = list(string)
}

variable "throttling" {
  description = "Requests per second that each API route accepts: sustained (`rate`) and in a burst (`burst`)."
  type = object({
    rate  = number
    burst = number
  })
}
