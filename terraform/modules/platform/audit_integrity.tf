# The audit service's findings about the completeness of the audit trail.

# What `reconcile` found, and which manifests attest which workflow.
module "audit_integrity_table" {
  source = "../table"

  name                = "${local.name}-audit-integrity"
  hash_key            = "pk"
  range_key           = "sk"
  attributes          = { pk = "S", sk = "S" }
  deletion_protection = var.deletion_protection
}
