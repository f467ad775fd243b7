key    = "countersign/prod/terraform.tfstate"
region = "eu-central-1"
