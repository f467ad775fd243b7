variable "name" {
  description = "Name of the domain: 3 to 28 lowercase letters, digits and hyphens."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,27}$", var.name))
    error_message = "A domain name has 3 to 28 lowercase letters, digits and hyphens, and starts with a letter."
  }
}

variable "create_domain" {
  description = "Whether to create an OpenSearch domain. If false, the engine at `endpoint` is used."
  type        = bool
}

variable "endpoint" {
  description = "URL of an existing engine, without a trailing slash. Required if no domain is created."
  type        = string
  default     = null

  validation {
    condition     = var.create_domain || can(regex("^https?://", var.endpoint))
    error_message = "endpoint must be a URL if create_domain is false."
  }
}

variable "access" {
  description = "Who can call the domain, by a name of your choice: the role, and the paths for each HTTP method. A path can end with *."
  type = map(object({
    role_arn = string
    paths    = map(list(string))
  }))

  validation {
    condition = alltrue(flatten([
      for access in values(var.access) : [
        for method, paths in access.paths : [
          for path in paths : contains(["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"], method) && startswith(path, "/") && path != "/*"
        ]
      ]
    ]))
    error_message = "Each key must be an HTTP method in upper case, each path must start with / and must not be /*."
  }
}

variable "domain" {
  description = "Size of the domain. `zones` is 1 to 3. With a `dedicated_master_type` the domain has three dedicated master nodes."
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
  description = "Number of days to keep the domain's logs."
  type        = number
}
