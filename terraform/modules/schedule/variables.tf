variable "name" {
  description = "Name of the schedule; its role is named <name>-schedule."
  type        = string
}

variable "description" {
  description = "What the schedule is for, in one line."
  type        = string
}

variable "expression" {
  description = "When it runs: a rate(), cron() or at() expression of EventBridge Scheduler."
  type        = string
}

variable "function_arn" {
  description = "ARN of the function that it invokes."
  type        = string
}
