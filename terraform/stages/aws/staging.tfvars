stage        = "staging"
region       = "eu-central-1"
cors_origins = []

search_domain = {
  instance_type  = "m7g.medium.search"
  instance_count = 2
  zones          = 2
  volume_gb      = 20
}

alarms               = { actions = [] }
allow_password_auth  = false
audit_retention_days = 2555
deletion_protection  = true
log_level            = "INFO"
log_retention_days   = 30
mfa                  = "ON"
object_lock          = { mode = "COMPLIANCE", retention_days = 90 }
throttling           = { rate = 200, burst = 400 }
witnesses            = []
