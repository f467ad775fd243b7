key    = "countersign/dev/terraform.tfstate"
region = "eu-central-1"
