variable "name" {
  description = "Name of the domain: lower case, digits and hyphens, 3 to 28 characters."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,27}$", var.name))
    error_message = "A domain's name has 3 to 28 of a-z, 0-9 and -, and begins with a letter."
  }
}

variable "create_domain" {
  description = "Whether to create an OpenSearch domain; false where an engine is already there, at `endpoint`."
  type        = bool
}

variable "endpoint" {
  description = "URL of the engine to use when no domain is created."
  type        = string
  default     = null

  validation {
    condition     = var.create_domain || can(regex("^https?://", var.endpoint))
    error_message = "Without a domain of its own the module needs the URL of an engine."
  }
}

variable "role_arns" {
  description = "ARNs of the roles that may call the domain."
  type        = list(string)
}

variable "domain" {
  description = "Size of the domain. `dedicated_master_type` null: no dedicated masters, else three. `zones`: 1 to 3."
  type = object({
    engine_version        = optional(string, "OpenSearch_2.19")
    instance_type         = optional(string, "t3.small.search")
    instance_count        = optional(number, 1)
    dedicated_master_type = optional(string)
    zones                 = optional(number, 1)
    volume_gb             = optional(number, 20)
  })
  default = {}
}

variable "log_retention_days" {
  description = "Days after which a line of the domain's logs is deleted."
  type        = number
}
