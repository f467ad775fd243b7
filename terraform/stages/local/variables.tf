variable "endpoint" {
  description = "URL of the AWS emulator, such as http://localhost:4566."
  type        = string

  validation {
    condition     = can(regex("^https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?$", var.endpoint))
    error_message = "The emulator must be on this machine: use http://localhost:<port> without a path."
  }
}

variable "region" {
  description = "AWS region that the emulator simulates. It accepts unsigned requests only for its default region, us-east-1."
  type        = string
  default     = "us-east-1"
}

variable "opensearch_endpoint" {
  description = "URL of the search engine."
  type        = string
}

variable "packages_dir" {
  description = "Folder with one Lambda package per service, such as workflow.zip."
  type        = string
  default     = "../../../.countersign/zips"
}

variable "iot_endpoint" {
  description = "host:port that browsers connect to over MQTT. If null, the emulator's own endpoint."
  type        = string
  default     = null
}

variable "console_origin" {
  description = "Origin of the server of the console, such as http://localhost:4567."
  type        = string
}
