variable "name" {
  description = "Name of the API."
  type        = string
}

variable "services" {
  description = "Services behind the API, by name: the path of the service's openapi.json and the function that handles its routes."
  type = map(object({
    openapi       = string
    function_name = string
    invoke_arn    = string
  }))
}

variable "issuer" {
  description = "Issuer of the tokens that the API accepts."
  type        = string
}

variable "audience" {
  description = "Client ids whose tokens the API accepts."
  type        = list(string)
}

variable "cors_origins" {
  description = "Origins (scheme and host) of the pages that can call the API from a browser."
  type        = list(string)
}

variable "throttling" {
  description = "Requests per second that each route accepts: sustained (`rate`) and in a burst (`burst`)."
  type = object({
    rate  = number
    burst = number
  })
}

variable "log_retention_days" {
  description = "Number of days to keep the access log."
  type        = number
}
