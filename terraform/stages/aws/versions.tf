terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }

  # `make plan` and `make apply` add the key and the region from <stage>.backend.hcl, and the bucket.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region              = var.region
  allowed_account_ids = [var.account_id]

  default_tags {
    tags = {
      application = "countersign"
      stage       = var.stage
      managed-by  = "terraform"
    }
  }
}
