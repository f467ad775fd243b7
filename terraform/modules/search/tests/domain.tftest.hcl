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
  log_retention_days = 7
  access = {
    reader = {
      role_arn = "arn:aws:iam::123456789012:role/reader"
      paths    = { POST = ["/records/_search"] }
    }
    writer = {
      role_arn = "arn:aws:iam::123456789012:role/writer"
      paths    = { POST = ["/_bulk"], PUT = ["/records-*", "/_index_template/records"] }
    }
  }
}

run "a_domain_is_encrypted" {
  command = apply

  assert {
    condition = (
      aws_opensearch_domain.this["countersign-test"].encrypt_at_rest[0].enabled
      && aws_opensearch_domain.this["countersign-test"].node_to_node_encryption[0].enabled
    )
    error_message = "Data must be encrypted at rest and between nodes."
  }

  assert {
    condition = (
      aws_opensearch_domain.this["countersign-test"].domain_endpoint_options[0].enforce_https
      && startswith(aws_opensearch_domain.this["countersign-test"].domain_endpoint_options[0].tls_security_policy, "Policy-Min-TLS-1-2")
    )
    error_message = "The endpoint must require HTTPS with TLS 1.2 or newer."
  }
}

run "each_role_can_send_only_its_own_requests" {
  command = apply

  assert {
    condition = jsondecode(aws_opensearch_domain.this["countersign-test"].access_policies).Statement == [
      {
        Effect    = "Allow"
        Action    = ["es:ESHttpPost"]
        Principal = { AWS = "arn:aws:iam::123456789012:role/reader" }
        Resource  = ["arn:aws:es:eu-central-1:123456789012:domain/countersign-test/records/_search"]
      },
      {
        Effect    = "Allow"
        Action    = ["es:ESHttpPost"]
        Principal = { AWS = "arn:aws:iam::123456789012:role/writer" }
        Resource  = ["arn:aws:es:eu-central-1:123456789012:domain/countersign-test/_bulk"]
      },
      {
        Effect    = "Allow"
        Action    = ["es:ESHttpPut"]
        Principal = { AWS = "arn:aws:iam::123456789012:role/writer" }
        Resource = [
          "arn:aws:es:eu-central-1:123456789012:domain/countersign-test/records-*",
          "arn:aws:es:eu-central-1:123456789012:domain/countersign-test/_index_template/records",
        ]
      },
    ]
    error_message = "The access policy must have exactly the methods and paths of each role."
  }

  assert {
    condition = output.policy_statements.reader == [{
      actions   = ["es:ESHttpPost"]
      resources = ["arn:aws:es:eu-central-1:123456789012:domain/countersign-test/records/_search"]
    }]
    error_message = "The statements for a role must allow the same as the access policy."
  }
}

run "a_role_with_access_to_every_path_is_rejected" {
  command = plan

  variables {
    access = {
      reader = { role_arn = "arn:aws:iam::123456789012:role/reader", paths = { POST = ["/*"] } }
    }
  }

  expect_failures = [var.access]
}

run "a_domain_publishes_its_logs" {
  command = apply

  assert {
    condition     = length(aws_opensearch_domain.this["countersign-test"].log_publishing_options) == 3
    error_message = "Slow searches, slow indexing and errors must be logged."
  }
}

run "a_domain_with_one_node_has_no_replicas" {
  command = apply

  assert {
    condition     = output.endpoint == "https://search-countersign.eu-central-1.es.amazonaws.com"
    error_message = "The endpoint must be the domain's URL."
  }

  assert {
    condition     = output.replicas == 0
    error_message = "A replica needs a second node."
  }
}

run "a_domain_with_two_nodes_has_one_replica" {
  command = apply

  variables {
    domain = { instance_count = 2 }
  }

  assert {
    condition     = output.replicas == 1
    error_message = "Two nodes must have two copies of the data."
  }
}

run "a_domain_with_three_zones_has_a_copy_in_each_zone" {
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
    error_message = "The data nodes must be in three zones."
  }

  assert {
    condition     = aws_opensearch_domain.this["countersign-test"].cluster_config[0].dedicated_master_count == 3
    error_message = "There must be three dedicated master nodes."
  }

  assert {
    condition     = output.replicas == 2
    error_message = "Three zones must have three copies of the data."
  }
}

run "an_existing_engine_is_used_without_creating_anything" {
  command = apply

  variables {
    create_domain = false
    endpoint      = "http://127.0.0.1:9200"
  }

  assert {
    condition     = length(aws_opensearch_domain.this) == 0 && length(aws_cloudwatch_log_group.this) == 0
    error_message = "No domain and no log groups must be created."
  }

  assert {
    condition     = output.endpoint == "http://127.0.0.1:9200" && output.replicas == 0
    error_message = "The endpoint must be the given one, and a single engine has no replicas."
  }

  assert {
    condition = output.policy_statements.reader == [{
      actions   = ["es:ESHttpPost"]
      resources = ["arn:aws:es:eu-central-1:123456789012:domain/countersign-test/records/_search"]
    }]
    error_message = "The roles must be the same with and without a domain."
  }
}

run "a_missing_endpoint_is_rejected" {
  command = plan

  variables {
    create_domain = false
  }

  expect_failures = [var.endpoint]
}
