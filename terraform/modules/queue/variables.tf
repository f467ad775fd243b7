variable "name" {
  description = "Name of the queue; its dead-letter queue is named <name>-dlq."
  type        = string
}

variable "consumer_timeout_seconds" {
  description = "Timeout of the function that consumes the queue; a message stays invisible six times as long."
  type        = number
}

variable "max_receive_count" {
  description = "How often a message is tried before it goes to the dead-letter queue."
  type        = number
  default     = 5
}

variable "retention_seconds" {
  description = "How long a message that nobody could take is kept."
  type        = number
  default     = 345600
}
