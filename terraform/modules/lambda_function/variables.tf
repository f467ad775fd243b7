variable "name" {
  description = "Name of the function, of its role and (after /aws/lambda/) of its log group."
  type        = string
}

variable "package" {
  description = "The code: bucket and key of the zip, and its SHA-256 in base64, by which a change is seen."
  type = object({
    bucket = string
    key    = string
    sha256 = string
  })
}

variable "handler" {
  description = "Dotted path of the handler, as in audit_service.handlers.api.handler."
  type        = string
}

variable "policy_statements" {
  description = "What the function's role may do beyond its logs and its queue: the actions it calls, on the ARNs it needs."
  type = list(object({
    actions   = list(string)
    resources = list(string)
  }))
  default = []

  validation {
    condition     = alltrue(flatten([for statement in var.policy_statements : [for action in statement.actions : !endswith(action, "*")]]))
    error_message = "Name the actions one by one: no action ends with *."
  }
}

variable "environment" {
  description = "Environment variables of the function."
  type        = map(string)
  default     = {}
}

variable "timeout_seconds" {
  description = "Seconds after which an invocation is ended."
  type        = number
}

variable "memory_mb" {
  description = "Memory of an instance in MB; processor time grows with it."
  type        = number
  default     = 512
}

variable "queue" {
  description = "The queue that the function consumes in batches with partial failures; null when it consumes none."
  type = object({
    arn        = string
    batch_size = optional(number, 10)
  })
  default = null
}

variable "log_retention_days" {
  description = "Days after which a log line is deleted."
  type        = number
}

variable "tracing" {
  description = "Whether invocations are traced by X-Ray."
  type        = bool
}
