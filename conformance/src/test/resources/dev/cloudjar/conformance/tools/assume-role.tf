# A role of another account, which a user of this one assumes with an external id.
variable "key" {}
variable "secret" {}
variable "role" {}
variable "bucket" {}

variable "external_id" {
  default = "42"
}

variable "whose" {
  default = "ada"
}

provider "aws" {
  alias             = "reader"
  region            = "us-east-1"
  access_key        = var.key
  secret_key        = var.secret
  s3_use_path_style = true
  max_retries       = 1

  endpoints {
    dynamodb = var.endpoint
    s3       = var.endpoint
    sts      = var.endpoint
  }

  assume_role {
    role_arn     = var.role
    external_id  = var.external_id
    session_name = "terraform"
  }
}

data "aws_caller_identity" "reader" {
  provider = aws.reader
}

data "aws_dynamodb_table_item" "order" {
  provider   = aws.reader
  table_name = "orders"
  key        = jsonencode({ id = { S = var.whose } })
}

data "aws_s3_object" "text" {
  provider = aws.reader
  bucket   = var.bucket
  key      = "${var.whose}/one"
}

output "reader" {
  value = data.aws_caller_identity.reader.arn
}

output "order" {
  value = data.aws_dynamodb_table_item.order.item
}

output "text" {
  value = data.aws_s3_object.text.body
}
