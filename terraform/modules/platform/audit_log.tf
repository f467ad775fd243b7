# The audit service's log: a Merkle tree over what is recorded, with signed checkpoints.

locals {
  proof_bucket = "${local.name}-proof-${local.account_id}"

  # The name of the log in its checkpoints (C2SP tlog-checkpoint): a URL without a scheme. The same on the emulator.
  log_origin = "${local.proof_bucket}.s3.${data.aws_region.this.name}.amazonaws.com"

  log_environment = {
    AUDIT_LOG_TABLE = module.audit_log_table.name
    LOG_KEY_ID      = module.log_key.arn
    LOG_ORIGIN      = local.log_origin
    PROOF_BUCKET    = module.proof_bucket.name
    WITNESSES       = join(",", var.witnesses)
  }
}

module "audit_log_table" {
  source = "../table"

  name                = "${local.name}-audit-log"
  hash_key            = "pk"
  range_key           = "sk"
  attributes          = { pk = "S", sk = "S" }
  deletion_protection = var.deletion_protection
}

module "proof_bucket" {
  source = "../proof_bucket"

  name             = local.proof_bucket
  mode             = var.object_lock.mode
  retention_days   = var.object_lock.retention_days
  writer_role_arns = [module.seal_checkpoint.role_arn]
  require_tls      = local.on_aws
  force_destroy    = !var.deletion_protection
}

module "log_key" {
  source = "../log_key"

  origin               = local.log_origin
  signer_role_arn      = module.seal_checkpoint.role_arn
  bucket               = aws_s3_bucket.packages.bucket
  deletion_window_days = var.deletion_protection ? 30 : 7
}

module "seal_checkpoint" {
  source = "../lambda_function"

  name                 = "${local.name}-audit-seal-checkpoint"
  package              = local.packages.audit
  handler              = "audit_service.handlers.seal_checkpoint.handler"
  timeout_seconds      = 50 # less than a minute, and than the sealer's lease, so that a run ends before the next one starts
  reserved_concurrency = 1
  memory_mb            = 1024 # 10,000 entries in one run
  environment          = merge(local.environments.audit, local.log_environment)
  log_retention_days   = var.log_retention_days
  tracing              = var.tracing

  policy_statements = [
    {
      actions = [
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query",
        "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem",
      ]
      resources = [module.audit_log_table.arn]
    },
    { actions = ["s3:GetObject", "s3:PutObject"], resources = ["${module.proof_bucket.arn}/*"] },
    # Without it, S3 responds with 403 instead of 404 for an object that doesn't exist.
    { actions = ["s3:ListBucket"], resources = [module.proof_bucket.arn] },
    { actions = ["kms:GetPublicKey", "kms:Sign", "kms:Verify"], resources = [module.log_key.arn] },
  ]
}

module "seal_schedule" {
  source = "../schedule"

  name        = "${local.name}-audit-seal-checkpoint"
  description = "Appends what was recorded to the audit log and signs its checkpoint"
  expression  = "rate(1 minute)"
  function    = { name = module.seal_checkpoint.name, arn = module.seal_checkpoint.arn }
}
