variable "stage" {
  description = "Name of the deployment; every resource's name begins with countersign-<stage>."
  type        = string

  validation {
    condition     = contains(["local", "dev", "staging", "prod"], var.stage)
    error_message = "The stage is local, dev, staging or prod."
  }
}

variable "packages_dir" {
  description = "Folder with workflow.zip, audit.zip and notifications.zip."
  type        = string
}

variable "services_dir" {
  description = "Folder with one folder per service, each with its openapi.json: the API's routes come from there."
  type        = string
}

variable "search" {
  description = "The search engine: a domain of its own (`domain` sizes it, see the search module) or the one at `endpoint`."
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
  description = "Where an AWS emulator answers: the URL for everything, and host:port for MQTT (null: ask it). Null on AWS."
  type = object({
    endpoint     = string
    iot_endpoint = optional(string)
  })
  default = null
}

variable "cors_origins" {
  description = "Origins besides the console's own that may call the API from a browser."
  type        = list(string)
  default     = []
}

variable "throttling" {
  description = "Requests per second that each route takes steadily (rate) and at once (burst)."
  type = object({
    rate  = number
    burst = number
  })
  default = { rate = 100, burst = 200 }
}

variable "alarms" {
  description = "Who is told of alarms, and from what age in seconds a waiting message is one; null for no alarms."
  type = object({
    actions                = list(string)
    oldest_message_seconds = optional(number, 300)
  })
  default = null
}

variable "allow_password_auth" {
  description = "Whether scripts may sign users in with the password itself, next to SRP."
  type        = bool
  default     = false
}

variable "deletion_protection" {
  description = "Whether tables, the user pool and the console's files are protected from being destroyed."
  type        = bool
  default     = true
}

variable "log_level" {
  description = "Level from which the functions log."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING", "ERROR"], var.log_level)
    error_message = "The log level is DEBUG, INFO, WARNING or ERROR."
  }
}

variable "log_retention_days" {
  description = "Days after which a log line is deleted."
  type        = number
  default     = 30
}

variable "tracing" {
  description = "Whether the functions are traced by X-Ray."
  type        = bool
  default     = true
}
