variable "name" {
  description = "Name of the user pool."
  type        = string
}

variable "domain_prefix" {
  description = "Prefix of the user pool's domain, which serves managed login and the token endpoint. Unique in the region across all AWS accounts."
  type        = string
}

variable "groups" {
  description = "User groups: name to description."
  type        = map(string)
}

variable "resource_servers" {
  description = "APIs that machines call: identifier to scopes, each scope with a description."
  type        = map(map(string))
}

variable "console_urls" {
  description = "URLs of the console, each with a trailing slash. Managed login returns only to them, after signing in and out."
  type        = set(string)
}

variable "mfa" {
  description = "Whether users need a second factor, an authenticator app: OFF, OPTIONAL or ON."
  type        = string

  validation {
    condition     = contains(["OFF", "OPTIONAL", "ON"], var.mfa)
    error_message = "mfa must be OFF, OPTIONAL or ON."
  }
}

variable "allow_password_auth" {
  description = "Whether users can sign in with USER_PASSWORD_AUTH, which scripts use, in addition to SRP."
  type        = bool
}

variable "deletion_protection" {
  description = "Whether the user pool is protected from deletion."
  type        = bool
}
