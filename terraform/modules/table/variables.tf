variable "name" {
  description = "Name of the table, unique in the account and region."
  type        = string
}

variable "hash_key" {
  description = "Attribute that is the partition key."
  type        = string
}

variable "range_key" {
  description = "Attribute that is the sort key; null for a table with a partition key only."
  type        = string
  default     = null
}

variable "attributes" {
  description = "Every attribute that is a key of the table or of an index, with its type: S, N or B."
  type        = map(string)

  validation {
    condition     = alltrue([for type in values(var.attributes) : contains(["S", "N", "B"], type)])
    error_message = "The type of a key attribute is S, N or B."
  }
}

variable "indexes" {
  description = "Global secondary indexes by name. `projection` is ALL or KEYS_ONLY."
  type = map(object({
    hash_key   = string
    range_key  = string
    projection = optional(string, "ALL")
  }))
  default = {}

  validation {
    condition     = alltrue([for index in values(var.indexes) : contains(["ALL", "KEYS_ONLY"], index.projection)])
    error_message = "The projection of an index is ALL or KEYS_ONLY."
  }
}

variable "ttl_attribute" {
  description = "Attribute with the epoch second at which an item expires; null when nothing expires."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the table."
  type        = bool
}
