stage        = "prod"
region       = "eu-central-1"
cors_origins = []

search_domain = {
  instance_type         = "r7g.large.search"
  instance_count        = 3
  dedicated_master_type = "m7g.medium.search"
  zones                 = 3
  volume_gb             = 100
}

alarms               = { actions = [] }
allow_password_auth  = false
audit_retention_days = 2555
deletion_protection  = true
log_level            = "INFO"
log_retention_days   = 365
mfa                  = "ON"
object_lock          = { mode = "COMPLIANCE", retention_days = 2555 }
throttling           = { rate = 1000, burst = 2000 }
witnesses            = []
