variable "name" {
  description = "Name of the user pool."
  type        = string
}

variable "domain_prefix" {
  description = "Prefix of the pool's domain, where the token endpoint is; unique in the region, across all accounts."
  type        = string
}

variable "groups" {
  description = "Groups of the pool: name to description."
  type        = map(string)
}

variable "resource_servers" {
  description = "APIs that machines call, by identifier: the names of their scopes, each with a description."
  type        = map(map(string))
}

variable "allow_password_auth" {
  description = "Whether the console's client also takes the password itself (USER_PASSWORD_AUTH); scripts and tests sign in with it. SRP is always on."
  type        = bool
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the pool."
  type        = bool
}
