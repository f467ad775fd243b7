variable "name" {
  description = "Name of the queue. The dead-letter queue is <name>-dlq."
  type        = string
}

variable "consumer_timeout_seconds" {
  description = "Timeout of the function that consumes the queue, in seconds. The visibility timeout is six times as long."
  type        = number
}

variable "retry_seconds" {
  description = "How long a message that keeps failing is retried before it moves to the dead-letter queue, in seconds."
  type        = number
  default     = 7200
}

variable "retention_seconds" {
  description = "How long the queue keeps a message that was not consumed, in seconds. Must be longer than `retry_seconds`."
  type        = number
  default     = 345600

  validation {
    condition     = var.retention_seconds > var.retry_seconds
    error_message = "SQS would delete messages before they are moved to the dead-letter queue: retention_seconds must be greater than retry_seconds."
  }
}

variable "producers" {
  description = "Roles that may send to the queue: ARN, and what SQS reports as the SenderId of their messages, up to the first colon."
  type = list(object({
    arn       = string
    sender_id = string
  }))

  validation {
    condition     = length(var.producers) > 0
    error_message = "Without a producer the queue would accept no message."
  }
}

variable "consumer_role_arn" {
  description = "ARN of the role of the consuming function, the only one that may send to the dead-letter queue."
  type        = string
}

variable "require_tls" {
  description = "Whether the queues reject requests without TLS."
  type        = bool
}
