variable "name" {
  description = "Prefix of the names of alarms that are not about one queue or one function."
  type        = string
}

variable "queues" {
  description = "Names of the queues whose oldest message is monitored. The keys must be known before apply."
  type        = map(string)
}

variable "dead_letter_queues" {
  description = "Names of the dead-letter queues that must stay empty. The keys must be known before apply."
  type        = map(string)
}

variable "functions" {
  description = "Names of the functions whose errors are monitored. The keys must be known before apply."
  type        = map(string)
}

variable "outbox_metric" {
  description = "CloudWatch metric with the age of the oldest event in the outbox after a run of the relay, in seconds."
  type = object({
    namespace  = string
    name       = string
    dimensions = map(string)
  })
}

variable "integrity_metrics" {
  description = "Where the function that reconciles puts its metrics IntegrityFindings and SealLagSeconds in CloudWatch."
  type = object({
    namespace  = string
    dimensions = map(string)
  })
}

variable "oldest_entry_seconds" {
  description = "How long an entry can wait for the audit log, in seconds, before it raises an alarm."
  type        = number
  default     = 300
}

variable "manifest_metric" {
  description = "CloudWatch metric with the age of the newest manifest after a run of the function that publishes them, in seconds."
  type = object({
    namespace  = string
    name       = string
    dimensions = map(string)
  })
}

variable "oldest_manifest_seconds" {
  description = "Age of the newest manifest, in seconds, that raises an alarm."
  type        = number
  default     = 300
}

variable "unknown_sender_metrics" {
  description = "Queue → CloudWatch metric with the number of its messages from unknown senders. The keys must be known before apply."
  type = map(object({
    namespace  = string
    name       = string
    dimensions = map(string)
  }))
}

variable "oldest_event_seconds" {
  description = "Age of the oldest event in the outbox, in seconds, that raises an alarm."
  type        = number
  default     = 300
}

variable "oldest_message_seconds" {
  description = "Age of a queue's oldest message, in seconds, that raises an alarm."
  type        = number
  default     = 300
}

variable "alarm_actions" {
  description = "ARNs (such as SNS topics) that are notified when an alarm starts and when it ends."
  type        = list(string)
}
