variable "name" {
  description = "Prefix of the names of the IoT policy and the role."
  type        = string
}

variable "issuer_role_arn" {
  description = "ARN of the only role that can assume the subscriber role: the role of the function that issues realtime credentials."
  type        = string
}

variable "endpoint" {
  description = "host[:port] that subscribers connect to. If null, the account's IoT endpoint."
  type        = string
  default     = null
}
