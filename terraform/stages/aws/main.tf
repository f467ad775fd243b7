module "platform" {
  source = "../../modules/platform"

  stage        = var.stage
  packages_dir = var.packages_dir
  services_dir = "${path.root}/../../../services"
  cors_origins = var.cors_origins

  search = {
    create_domain = true
    domain        = var.search_domain
  }

  alarms               = var.alarms
  allow_password_auth  = var.allow_password_auth
  audit_retention_days = var.audit_retention_days
  deletion_protection  = var.deletion_protection
  log_level            = var.log_level
  log_retention_days   = var.log_retention_days
  mfa                  = var.mfa
  object_lock          = var.object_lock
  throttling           = var.throttling
  witnesses            = var.witnesses
}
