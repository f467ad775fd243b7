variable "stage" {
  description = "Name of the stage."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.stage)
    error_message = "The stage is dev, staging or prod."
  }
}

variable "account_id" {
  description = "The AWS account of the stage; an apply with another account's credentials is refused."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account_id))
    error_message = "An account id has 12 digits."
  }
}

variable "region" {
  description = "Region that everything is in."
  type        = string
}

variable "packages_dir" {
  description = "Folder with workflow.zip, audit.zip and notifications.zip."
  type        = string
  default     = "../../../.countersign/zips"
}

variable "cors_origins" {
  description = "Origins besides the console's own that may call the API from a browser."
  type        = list(string)
}

variable "search_domain" {
  description = "Size of the OpenSearch domain; see the search module."
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
  description = "Who is told of alarms (SNS topic ARNs), and from what age in seconds a waiting message is one."
  type = object({
    actions                = list(string)
    oldest_message_seconds = optional(number)
  })
}

variable "allow_password_auth" {
  description = "Whether scripts may sign users in with the password itself, next to SRP."
  type        = bool
}

variable "deletion_protection" {
  description = "Whether tables, the user pool and the console's files are protected from being destroyed."
  type        = bool
}

variable "log_level" {
  description = "Level from which the functions log."
  type        = string
}

variable "log_retention_days" {
  description = "Days after which a log line is deleted."
  type        = number
}

variable "throttling" {
  description = "Requests per second that each route takes steadily (rate) and at once (burst)."
  type = object({
    rate  = number
    burst = number
  })
}
