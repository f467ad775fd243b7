module "platform" {
  source = "../../modules/platform"

  stage        = "local"
  packages_dir = var.packages_dir
  services_dir = "${path.root}/../../../services"
  cors_origins = [var.console_origin]

  emulator = {
    endpoint     = var.endpoint
    iot_endpoint = var.iot_endpoint
  }

  search = {
    create_domain = false
    endpoint      = var.opensearch_endpoint
  }

  allow_password_auth = true
  deletion_protection = false
  log_retention_days  = 1
  object_lock         = { mode = "GOVERNANCE", retention_days = 1 }

  # Nothing is on its way for longer than this on one machine.
  erasure_recheck_seconds = 20
  tracing                 = false
}
