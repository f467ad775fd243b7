mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }
  mock_resource "aws_opensearch_domain" {
    defaults = { endpoint = "search-countersign.eu-central-1.es.amazonaws.com" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/opensearch/countersign-test/logs" }
  }
}

variables {
  name               = "countersign-test"
  create_domain      = true
  role_arns          = ["arn:aws:iam::123456789012:role/audit-api"]
  log_retention_days = 7
}

run "a_domain_is_closed_and_encrypted" {
  command = apply

  assert {
    condition = (
      aws_opensearch_domain.this["countersign-test"].encrypt_at_rest[0].enabled
      && aws_opensearch_domain.this["countersign-test"].node_to_node_encryption[0].enabled
    )
    error_message = "Data is encrypted at rest and between nodes."
  }

  assert {
    condition = (
      aws_opensearch_domain.this["countersign-test"].domain_endpoint_options[0].enforce_https
      && startswith(aws_opensearch_domain.this["countersign-test"].domain_endpoint_options[0].tls_security_policy, "Policy-Min-TLS-1-2")
    )
    error_message = "Only HTTPS from TLS 1.2 on."
  }

  assert {
    condition     = jsondecode(aws_opensearch_domain.this["countersign-test"].access_policies).Statement[0].Principal.AWS == ["arn:aws:iam::123456789012:role/audit-api"]
    error_message = "The given roles and nobody else may call the domain."
  }

  assert {
    condition     = jsondecode(aws_opensearch_domain.this["countersign-test"].access_policies).Statement[0].Resource == "arn:aws:es:eu-central-1:123456789012:domain/countersign-test/*"
    error_message = "The policy is about this domain."
  }

  assert {
    condition     = length(aws_opensearch_domain.this["countersign-test"].log_publishing_options) == 3
    error_message = "Slow searches, slow indexing and errors are published."
  }
}

run "the_endpoint_is_the_domains" {
  command = apply

  assert {
    condition     = output.endpoint == "https://search-countersign.eu-central-1.es.amazonaws.com"
    error_message = "The endpoint is a URL."
  }
}

run "zones_and_masters_come_with_size" {
  command = apply

  variables {
    domain = {
      instance_type         = "r7g.large.search"
      instance_count        = 3
      zones                 = 3
      dedicated_master_type = "m7g.medium.search"
    }
  }

  assert {
    condition     = aws_opensearch_domain.this["countersign-test"].cluster_config[0].zone_awareness_config[0].availability_zone_count == 3
    error_message = "Three zones."
  }

  assert {
    condition     = aws_opensearch_domain.this["countersign-test"].cluster_config[0].dedicated_master_count == 3
    error_message = "Three dedicated masters."
  }
}

run "an_engine_that_is_there_is_used" {
  command = apply

  variables {
    create_domain = false
    endpoint      = "http://127.0.0.1:9200"
  }

  assert {
    condition     = length(aws_opensearch_domain.this) == 0 && length(aws_cloudwatch_log_group.this) == 0
    error_message = "Nothing is created."
  }

  assert {
    condition     = output.endpoint == "http://127.0.0.1:9200"
    error_message = "The endpoint passes through."
  }

  assert {
    condition     = output.arn == "arn:aws:es:eu-central-1:123456789012:domain/countersign-test"
    error_message = "The ARN that roles are written for is the same with and without a domain."
  }
}

run "no_engine_at_all_is_refused" {
  command = plan

  variables {
    create_domain = false
  }

  expect_failures = [var.endpoint]
}
