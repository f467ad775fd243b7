variable "name" {
  description = "Name of the API."
  type        = string
}

variable "services" {
  description = "The services behind the API: the path of each one's openapi.json and the function that answers all of its routes."
  type = map(object({
    openapi       = string
    function_name = string
    invoke_arn    = string
  }))
}

variable "issuer" {
  description = "Issuer of the tokens that the API takes."
  type        = string
}

variable "audience" {
  description = "Client ids whose tokens the API takes."
  type        = list(string)
}

variable "cors_origins" {
  description = "Origins of the pages that may call the API, scheme and host without a path."
  type        = list(string)
}

variable "throttling" {
  description = "Requests per second that each route takes steadily (rate) and at once (burst)."
  type = object({
    rate  = number
    burst = number
  })
}

variable "log_retention_days" {
  description = "Days after which a line of the access log is deleted."
  type        = number
}
