mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_cognito_user_pool" {
    defaults = { id = "eu-central-1_test" }
  }
}

variables {
  name                = "countersign-test"
  domain_prefix       = "countersign-test-123456789012"
  groups              = { auditors = "Read every audit record" }
  resource_servers    = { audit = { write = "Send audit events" } }
  console_urls        = ["https://console.example.com/"]
  mfa                 = "ON"
  allow_password_auth = false
  deletion_protection = true
}

run "user_names_are_case_insensitive" {
  command = apply

  assert {
    condition     = aws_cognito_user_pool.this.username_configuration[0].case_sensitive == false
    error_message = "Ada@example.com and ada@example.com must be the same user."
  }
}

run "users_cannot_change_what_audit_records_contain" {
  command = apply

  assert {
    condition     = length(aws_cognito_user_pool_client.console.write_attributes) > 0
    error_message = "Cognito treats an empty list as \"all attributes\"."
  }

  assert {
    condition     = length(setintersection(aws_cognito_user_pool_client.console.write_attributes, ["name", "email", "email_verified"])) == 0
    error_message = "Users must not be able to change their name or e-mail address."
  }
}

run "id_tokens_expire_after_15_minutes_and_refresh_tokens_can_be_revoked" {
  command = apply

  assert {
    condition = (
      aws_cognito_user_pool_client.console.id_token_validity == 15
      && aws_cognito_user_pool_client.console.access_token_validity == 15
      && aws_cognito_user_pool_client.console.token_validity_units[0].id_token == "minutes"
      && aws_cognito_user_pool_client.console.token_validity_units[0].access_token == "minutes"
    )
    error_message = "ID and access tokens must be valid for 15 minutes."
  }

  assert {
    condition     = aws_cognito_user_pool_client.console.enable_token_revocation
    error_message = "Signing out must be able to revoke the refresh token."
  }
}

run "the_console_uses_the_authorization_code_grant_and_returns_to_itself_only" {
  command = apply

  assert {
    condition = (
      aws_cognito_user_pool_client.console.allowed_oauth_flows == toset(["code"])
      && aws_cognito_user_pool_client.console.allowed_oauth_scopes == toset(["openid", "email", "profile"])
      && aws_cognito_user_pool_client.console.generate_secret == false
    )
    error_message = "The console must use the authorization code grant of a public client, not the implicit grant."
  }

  assert {
    condition = (
      aws_cognito_user_pool_client.console.callback_urls == toset(["https://console.example.com/"])
      && aws_cognito_user_pool_client.console.logout_urls == toset(["https://console.example.com/"])
    )
    error_message = "Managed login must return to the console only."
  }

  assert {
    condition     = output.login_url == "https://countersign-test-123456789012.auth.eu-central-1.amazoncognito.com"
    error_message = "The console must open the managed login of the pool's domain."
  }
}

run "a_second_factor_can_be_required" {
  command = apply

  assert {
    condition     = aws_cognito_user_pool.this.mfa_configuration == "ON" && aws_cognito_user_pool.this.software_token_mfa_configuration[0].enabled
    error_message = "With mfa = ON, every user needs an authenticator app."
  }
}

run "password_sign_in_is_off_unless_allowed" {
  command = apply

  assert {
    condition     = !contains(aws_cognito_user_pool_client.console.explicit_auth_flows, "ALLOW_USER_PASSWORD_AUTH")
    error_message = "Without allow_password_auth, only SRP and refresh are allowed."
  }
}

run "password_sign_in_can_be_allowed" {
  command = apply

  variables {
    allow_password_auth = true
  }

  assert {
    condition     = contains(aws_cognito_user_pool_client.console.explicit_auth_flows, "ALLOW_USER_PASSWORD_AUTH")
    error_message = "With allow_password_auth, scripts can sign in with the password."
  }
}

run "machines_use_the_client_credentials_grant" {
  command = apply

  assert {
    condition = (
      aws_cognito_user_pool_client.machine.allowed_oauth_flows == toset(["client_credentials"])
      && aws_cognito_user_pool_client.machine.allowed_oauth_scopes == toset(["audit/write"])
      && aws_cognito_user_pool_client.machine.explicit_auth_flows == toset(["ALLOW_REFRESH_TOKEN_AUTH"])
    )
    error_message = "The machine client must only use client credentials, with the scopes of the resource servers."
  }
}
