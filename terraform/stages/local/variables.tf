variable "endpoint" {
  description = "URL of the AWS emulator, such as http://localhost:4566."
  type        = string

  validation {
    condition     = can(regex("^https?://(localhost|127\\.0\\.0\\.1)(:[0-9]+)?$", var.endpoint))
    error_message = "The local stage is applied to an emulator on this machine: scheme, localhost, port, no path."
  }
}

variable "region" {
  description = "Region that the emulator plays. Its own default, because it takes unsigned requests for that one."
  type        = string
  default     = "us-east-1"
}

variable "opensearch_endpoint" {
  description = "URL of the search engine."
  type        = string
}

variable "packages_dir" {
  description = "Folder with workflow.zip, audit.zip and notifications.zip."
  type        = string
  default     = "../../../.countersign/zips"
}

variable "services_dir" {
  description = "Folder with one folder per service, each with its openapi.json."
  type        = string
  default     = "../../../services"
}

variable "iot_endpoint" {
  description = "Host:port that browsers connect to for MQTT; null: what the emulator names."
  type        = string
  default     = null
}

variable "console_origin" {
  description = "Origin that the console is opened from, such as http://localhost:4566."
  type        = string
}
