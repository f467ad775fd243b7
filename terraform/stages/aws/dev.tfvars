stage        = "dev"
region       = "eu-central-1"
cors_origins = ["http://localhost:5173"] # Vite's development server

search_domain = {
  instance_type = "t3.small.search"
  volume_gb     = 10
}

alarms               = { actions = [] }
allow_password_auth  = true
audit_retention_days = 2555
deletion_protection  = false
log_level            = "DEBUG"
log_retention_days   = 7
mfa                  = "OFF"
object_lock          = { mode = "GOVERNANCE", retention_days = 30 }
throttling           = { rate = 50, burst = 100 }
witnesses            = []
