variable "name" {
  description = "Prefix of the names of the policy and the role."
  type        = string
}

variable "broker_role_arn" {
  description = "ARN of the one role that may assume the subscriber role: that of the function which gives out realtime credentials."
  type        = string
}

variable "endpoint" {
  description = "Host[:port] that subscribers connect to; null: the account's own IoT endpoint."
  type        = string
  default     = null
}
