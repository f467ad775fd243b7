variable "stage" {
  description = "Name of the stage. Resource names start with countersign-<stage>."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,15}$", var.stage))
    error_message = "A stage has 1 to 16 lowercase letters and digits, and starts with a letter: an OpenSearch domain's name has at most 28 characters."
  }
}

variable "packages_dir" {
  description = "Folder with one Lambda package per service, such as workflow.zip."
  type        = string
}

variable "services_dir" {
  description = "Folder with one folder per service, each with an openapi.json. The API's routes come from these files."
  type        = string
}

variable "search" {
  description = "Search engine: a new OpenSearch domain of the size `domain` (see the search module), or the engine at `endpoint`."
  type = object({
    create_domain = bool
    endpoint      = optional(string)
    domain = optional(object({
      engine_version        = optional(string)
      instance_type         = optional(string)
      instance_count        = optional(number)
      dedicated_master_type = optional(string)
      zones                 = optional(number)
      volume_gb             = optional(number)
    }), {})
  })
}

variable "emulator" {
  description = "Addresses of an AWS emulator: the URL of all its services, host:port for MQTT (if null, the emulator's own), and the origin that serves the console. Null on AWS."
  type = object({
    endpoint       = string
    iot_endpoint   = optional(string)
    console_origin = string
  })
  default = null
}

variable "cors_origins" {
  description = "Origins that can call the API and sign in from a browser, in addition to the console."
  type        = list(string)
  default     = []
}

variable "object_lock" {
  description = "Object Lock of the buckets with evidence. On AWS use COMPLIANCE. An object is kept for at least `retention_days`."
  type = object({
    mode           = optional(string, "COMPLIANCE")
    retention_days = optional(number, 2555)
  })
  default = {}
}

variable "audit_retention_days" {
  description = "Number of days after which the personal data and the content of audit records are erased, for schemes without a period of their own. Seven years by default."
  type        = number
  default     = 2555

  validation {
    condition     = var.audit_retention_days == floor(var.audit_retention_days) && var.audit_retention_days >= 1 && var.audit_retention_days <= 36500
    error_message = "The retention period has 1 to 36,500 days."
  }
}

variable "erasure_recheck_seconds" {
  description = "How long an erasure waits before it scans again for what was on its way."
  type        = number
  default     = 120

  validation {
    condition     = var.erasure_recheck_seconds >= 0 && var.erasure_recheck_seconds <= 900
    error_message = "A message can be delayed by at most 900 seconds."
  }
}

variable "witnesses" {
  description = "Verifier keys (C2SP signed-note) of the witnesses whose cosignatures of checkpoints are accepted."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for vkey in var.witnesses : can(regex("^[^+\\s,]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+=*$", vkey))])
    error_message = "A witness is <name>+<key id, 8 hex digits>+<base64>, as `countersign-verify witness keygen` prints it."
  }
}

variable "throttling" {
  description = "Requests per second that each API route accepts: sustained (`rate`) and in a burst (`burst`)."
  type = object({
    rate  = number
    burst = number
  })
  default = { rate = 100, burst = 200 }
}

variable "alarms" {
  description = "ARNs that alarms notify, and the age of a queue's oldest message, in seconds, that raises an alarm. Null for no alarms."
  type = object({
    actions                = list(string)
    oldest_message_seconds = optional(number, 300)
  })
  default = null
}

variable "mfa" {
  description = "Whether users need a second factor, an authenticator app: OFF, OPTIONAL or ON."
  type        = string
  default     = "ON"
}

variable "allow_password_auth" {
  description = "Whether users can sign in with USER_PASSWORD_AUTH, which scripts use, in addition to SRP."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Whether the tables, the user pool and the console's bucket are protected from deletion."
  type        = bool
  default     = true
}

variable "log_level" {
  description = "Lowest level that the functions log: DEBUG, INFO, WARNING or ERROR."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING", "ERROR"], var.log_level)
    error_message = "The log level must be DEBUG, INFO, WARNING or ERROR."
  }
}

variable "log_retention_days" {
  description = "Number of days to keep logs."
  type        = number
  default     = 30
}

variable "tracing" {
  description = "Whether X-Ray traces the functions."
  type        = bool
  default     = true
}
