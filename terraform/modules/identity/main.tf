data "aws_region" "this" {}

locals {
  password_auth_flows = var.allow_password_auth ? ["ALLOW_USER_PASSWORD_AUTH"] : []
  scopes              = flatten([for server, scopes in var.resource_servers : [for scope in keys(scopes) : "${server}/${scope}"]])
}

resource "aws_cognito_user_pool" "this" {
  name                     = var.name
  username_attributes      = ["email"]
  auto_verified_attributes = ["email"]
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"

  # Can't be changed after the pool is created.
  username_configuration {
    case_sensitive = false
  }

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  password_policy {
    minimum_length                   = 12
    require_lowercase                = true
    require_uppercase                = true
    require_numbers                  = true
    require_symbols                  = true
    temporary_password_validity_days = 7
  }

  # Managed login asks for the second factor and, if it is required, has each user set it up.
  mfa_configuration = var.mfa

  dynamic "software_token_mfa_configuration" {
    for_each = var.mfa == "OFF" ? [] : ["this"]
    content {
      enabled = true
    }
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }
}

resource "aws_cognito_user_pool_domain" "this" {
  domain       = var.domain_prefix
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_user_group" "this" {
  for_each = var.groups

  name         = each.key
  description  = each.value
  user_pool_id = aws_cognito_user_pool.this.id
}

# Public client: it runs in the browser and can't keep a secret. PKCE binds the authorization code to the browser.
resource "aws_cognito_user_pool_client" "console" {
  name         = "console"
  user_pool_id = aws_cognito_user_pool.this.id

  explicit_auth_flows           = concat(local.password_auth_flows, ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
  generate_secret               = false
  prevent_user_existence_errors = "ENABLED"
  enable_token_revocation       = true

  # The console signs in with the authorization code grant on the pages of managed login.
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = ["openid", "email", "profile"]
  supported_identity_providers         = ["COGNITO"]
  callback_urls                        = var.console_urls
  logout_urls                          = var.console_urls

  # The attributes in the ID token. The services copy name and email into audit records.
  read_attributes = ["email", "email_verified", "name"]

  # Neither `name` nor `email`: users must not change what audit records contain. The list has one harmless attribute
  # because Cognito treats an empty list as "all attributes".
  write_attributes = ["locale"]

  id_token_validity      = 15
  access_token_validity  = 15
  refresh_token_validity = 12

  token_validity_units {
    id_token      = "minutes"
    access_token  = "minutes"
    refresh_token = "hours"
  }
}

resource "aws_cognito_resource_server" "this" {
  for_each = var.resource_servers

  identifier   = each.key
  name         = each.key
  user_pool_id = aws_cognito_user_pool.this.id

  dynamic "scope" {
    for_each = each.value
    content {
      scope_name        = scope.key
      scope_description = scope.value
    }
  }
}

resource "aws_cognito_user_pool_client" "machine" {
  name         = "machine"
  user_pool_id = aws_cognito_user_pool.this.id

  generate_secret                      = true
  explicit_auth_flows                  = ["ALLOW_REFRESH_TOKEN_AUTH"] # an empty list would let users sign in with this client
  allowed_oauth_flows                  = ["client_credentials"]
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_scopes                 = local.scopes
  enable_token_revocation              = true

  access_token_validity = 60

  token_validity_units {
    access_token = "minutes"
  }

  # Cognito rejects a client with a scope that doesn't exist yet.
  depends_on = [aws_cognito_resource_server.this]
}
