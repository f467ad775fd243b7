variable "name" {
  description = "Name of the schedule. The role is <name>-schedule."
  type        = string
}

variable "description" {
  description = "What the schedule does, in one line."
  type        = string
}

variable "expression" {
  description = "rate(), cron() or at() expression of EventBridge Scheduler."
  type        = string
}

variable "function" {
  description = "Function to invoke."
  type = object({
    name = string
    arn  = string
  })
}
