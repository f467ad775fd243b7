module "platform" {
  source = "../../modules/platform"

  stage        = "local"
  packages_dir = var.packages_dir
  services_dir = "${path.root}/../../../services"
  cors_origins = ["http://localhost:5173"] # Vite's development server

  emulator = {
    endpoint       = var.endpoint
    iot_endpoint   = var.iot_endpoint
    console_origin = var.console_origin
  }

  search = {
    create_domain = false
    endpoint      = var.opensearch_endpoint
  }

  allow_password_auth = true
  mfa                 = "OFF" # scripts and tests sign in with a password only
  deletion_protection = false
  log_retention_days  = 1
  object_lock         = { mode = "GOVERNANCE", retention_days = 1 }

  # Nothing is on its way for longer than this on one machine.
  erasure_recheck_seconds = 20
  tracing                 = false
}
