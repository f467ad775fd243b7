variable "name" {
  description = "Name of the table, unique in the account and region."
  type        = string
}

variable "hash_key" {
  description = "Attribute that is the partition key."
  type        = string
}

variable "range_key" {
  description = "Attribute that is the sort key. Null if the table has only a partition key."
  type        = string
  default     = null
}

variable "attributes" {
  description = "Attributes that are keys of the table or of an index, with their types: S, N or B."
  type        = map(string)

  validation {
    condition     = alltrue([for type in values(var.attributes) : contains(["S", "N", "B"], type)])
    error_message = "The type of a key attribute must be S, N or B."
  }
}

variable "indexes" {
  description = "Global secondary indexes, by name. `projection` is ALL, KEYS_ONLY, or INCLUDE with `non_key_attributes`."
  type = map(object({
    hash_key           = string
    range_key          = string
    projection         = string
    non_key_attributes = optional(list(string))
  }))
  default = {}

  validation {
    condition     = alltrue([for index in values(var.indexes) : contains(["ALL", "KEYS_ONLY", "INCLUDE"], index.projection)])
    error_message = "The projection of an index must be ALL, KEYS_ONLY or INCLUDE."
  }

  validation {
    condition = alltrue([
      for index in values(var.indexes) : (index.projection == "INCLUDE") == (try(length(index.non_key_attributes), 0) > 0)
    ])
    error_message = "INCLUDE requires non_key_attributes. The other projections don't allow them."
  }
}

variable "ttl_attribute" {
  description = "Attribute with the time, in epoch seconds, when an item expires. Null if items don't expire."
  type        = string
  default     = null
}

variable "deletion_protection" {
  description = "Whether the table is protected from deletion."
  type        = bool
}

variable "append_only" {
  description = <<-EOT
    Roles that may write to an append-only table: `writers` add items, `erasers` also change or delete them. Everyone else is
    denied both, whatever their own permissions. Null for a table without this restriction.
  EOT
  type = object({
    writers = list(string)
    erasers = optional(list(string), [])
  })
  default = null
}
