key    = "countersign/staging/terraform.tfstate"
region = "eu-central-1"
