variable "name" {
  description = "Name of the function and its role. The log group is /aws/lambda/<name>."
  type        = string
}

variable "package" {
  description = "Zip file with the code: S3 bucket, S3 key, and the SHA-256 hash in base64."
  type = object({
    bucket = string
    key    = string
    sha256 = string
  })
}

variable "handler" {
  description = "Dotted path of the handler, such as audit_service.handlers.api.handler."
  type        = string
}

variable "policy_statements" {
  description = "What the role allows in addition to writing logs and consuming the queue: actions, the ARNs they apply to, and the conditions as in a policy."
  type = list(object({
    actions    = list(string)
    resources  = list(string)
    conditions = optional(map(map(list(string))), {})
  }))
  default = []

  validation {
    condition     = alltrue(flatten([for statement in var.policy_statements : [for action in statement.actions : !endswith(action, "*")]]))
    error_message = "Name each action: an action can't end with *."
  }
}

variable "environment" {
  description = "Environment variables of the function."
  type        = map(string)
  default     = {}
}

variable "timeout_seconds" {
  description = "Maximum duration of an invocation, in seconds."
  type        = number
}

variable "memory_mb" {
  description = "Memory in MB. CPU is allocated in proportion."
  type        = number
  default     = 512
}

variable "reserved_concurrency" {
  description = "Most invocations at the same time, which are also reserved for the function. -1 for no limit."
  type        = number
  default     = -1
}

variable "queue" {
  description = "SQS queue that invokes the function with batches: output `consumer` of the module `queue`. Null if no queue does."
  type = object({
    arn             = string
    dead_letter_arn = string
    dead_letter_url = string
    allowed_senders = list(string)
    batch_size      = optional(number, 10)
  })
  default = null
}

variable "log_retention_days" {
  description = "Number of days to keep the function's logs."
  type        = number
}

variable "tracing" {
  description = "Whether X-Ray traces the function's invocations."
  type        = bool
}
