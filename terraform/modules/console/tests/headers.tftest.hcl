mock_provider "aws" {
  mock_resource "aws_cloudfront_distribution" {
    defaults = { domain_name = "d123.cloudfront.net", arn = "arn:aws:cloudfront::123456789012:distribution/mock" }
  }
}

variables {
  bucket              = "countersign-test-console"
  config              = { stage = "test" }
  connect_sources     = ["https://api.example.com", "wss://iot.example.com"]
  create_distribution = true
  force_destroy       = false
}

run "no_script_can_be_injected" {
  command = apply

  assert {
    condition = (
      strcontains(output.headers.content-security-policy, "default-src 'none'; script-src 'self'; worker-src 'self';")
      && !strcontains(output.headers.content-security-policy, "unsafe-eval")
      && length(regexall("unsafe-inline", output.headers.content-security-policy)) == 1
    )
    error_message = "Scripts must come from the console's own files. Only styles can be inline."
  }
}

run "no_other_page_can_frame_the_console" {
  command = apply

  assert {
    condition     = strcontains(output.headers.content-security-policy, "frame-ancestors 'none'") && output.headers.x-frame-options == "DENY"
    error_message = "A page that frames the console could have users click on what they don't see."
  }
}

run "connections_go_to_the_given_origins_only" {
  command = apply

  assert {
    condition     = strcontains(output.headers.content-security-policy, "connect-src 'self' https://api.example.com wss://iot.example.com;")
    error_message = "An injected script must not be able to send data elsewhere."
  }
}

run "cloudfront_serves_the_same_headers" {
  command = apply

  assert {
    condition = (
      aws_cloudfront_response_headers_policy.this["this"].security_headers_config[0].content_security_policy[0].content_security_policy
      == output.headers.content-security-policy
    )
    error_message = "CloudFront must serve the policy of the output."
  }

  assert {
    condition = toset([for item in aws_cloudfront_response_headers_policy.this["this"].custom_headers_config[0].items : "${item.header}: ${item.value}"]) == toset([
      "cross-origin-opener-policy: ${output.headers.cross-origin-opener-policy}",
      "permissions-policy: ${output.headers.permissions-policy}",
    ])
    error_message = "CloudFront must serve the headers that have no settings of their own."
  }

  assert {
    condition = alltrue([
      for behavior in concat(aws_cloudfront_distribution.this["this"].default_cache_behavior, aws_cloudfront_distribution.this["this"].ordered_cache_behavior) :
      behavior.response_headers_policy_id == aws_cloudfront_response_headers_policy.this["this"].id
    ])
    error_message = "All files must be served with the headers."
  }
}

run "names_without_a_hash_are_not_cached" {
  command = apply

  assert {
    condition = toset(aws_cloudfront_distribution.this["this"].ordered_cache_behavior[*].path_pattern) == toset([
      "/config.json", "/index.html", "/session-worker.js",
    ])
    error_message = "Browsers must get what the newest deployment has under these names."
  }
}

run "an_emulator_has_no_distribution" {
  command = apply

  variables {
    create_distribution = false
  }

  assert {
    condition     = length(aws_cloudfront_distribution.this) == 0 && length(aws_cloudfront_response_headers_policy.this) == 0
    error_message = "The local cloud's own server serves the console."
  }
}
