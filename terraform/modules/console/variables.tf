variable "bucket" {
  description = "Name of the bucket for the console's files. Bucket names are unique across AWS."
  type        = string
}

variable "config" {
  description = "Content of config.json: the settings that the console reads at startup."
  type        = map(string)
}

variable "connect_sources" {
  description = "Origins that the console connects to, as sources of a Content-Security-Policy, such as https://api.example.com."
  type        = list(string)
}

variable "create_distribution" {
  description = "Whether to serve the console through CloudFront from a private bucket. If false (emulators only), the bucket is public."
  type        = bool
}

variable "price_class" {
  description = "CloudFront price class, which selects the edge locations."
  type        = string
  default     = "PriceClass_100"
}

variable "force_destroy" {
  description = "Whether `terraform destroy` deletes the bucket even if it contains files."
  type        = bool
}
