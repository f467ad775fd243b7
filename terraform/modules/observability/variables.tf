variable "name" {
  description = "Prefix of the names of alarms that belong to no queue or function."
  type        = string
}

variable "queues" {
  description = "Names of the queues whose oldest message is watched, under keys known before they exist."
  type        = map(string)
}

variable "dead_letter_queues" {
  description = "Names of the dead-letter queues that must stay empty, under keys known before they exist."
  type        = map(string)
}

variable "functions" {
  description = "Names of the functions whose errors are watched, under keys known before they exist."
  type        = map(string)
}

variable "outbox_metric" {
  description = "Where the relay reports how many committed events it could not hand on in its run."
  type = object({
    namespace  = string
    name       = string
    dimensions = map(string)
  })
}

variable "oldest_message_seconds" {
  description = "Age of a queue's oldest message, in seconds, from which its consumer is behind."
  type        = number
  default     = 300
}

variable "alarm_actions" {
  description = "ARNs told when an alarm begins and ends, such as an SNS topic."
  type        = list(string)
}
