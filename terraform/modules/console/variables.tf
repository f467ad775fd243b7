variable "bucket" {
  description = "Name of the bucket with the console's files, unique across all of AWS."
  type        = string
}

variable "config" {
  description = "Settings of the console, written to config.json: one build serves every stage."
  type        = map(string)
}

variable "create_distribution" {
  description = "Whether CloudFront serves the bucket, which then stays private. False only on an emulator: anybody may then read the bucket."
  type        = bool
}

variable "price_class" {
  description = "Which of CloudFront's edge locations serve the console."
  type        = string
  default     = "PriceClass_100"
}

variable "force_destroy" {
  description = "Whether destroying the bucket also deletes the files in it."
  type        = bool
}
