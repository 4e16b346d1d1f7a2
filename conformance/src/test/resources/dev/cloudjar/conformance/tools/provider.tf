# What every configuration here begins with: it is copied beside each.
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "endpoint" {}
variable "account" {}

provider "aws" {
  region            = "us-east-1"
  access_key        = var.account
  secret_key        = "secret"
  s3_use_path_style = true
  endpoints {
    account                  = var.endpoint
    dynamodb                 = var.endpoint
    ec2                      = var.endpoint
    iam                      = var.endpoint
    kms                      = var.endpoint
    organizations            = var.endpoint
    resourcegroupstaggingapi = var.endpoint
    s3                       = var.endpoint
    s3control                = var.endpoint
    secretsmanager           = var.endpoint
    sqs                      = var.endpoint
    sts                      = var.endpoint
  }
  default_tags {
    tags = { owner = "terraform" }
  }
}
