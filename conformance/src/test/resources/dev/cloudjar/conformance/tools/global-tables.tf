variable "projected" {
  type    = set(string)
  default = ["total"]
}
variable "replicas" {
  type    = set(string)
  default = ["eu-west-1"]
}
variable "capacity" {
  type    = number
  default = 5
}
variable "expiry" {
  default = "forgotten"
}

# A table in several regions.
resource "aws_dynamodb_table" "world" {
  name             = "world"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "replica" {
    for_each = var.replicas
    content {
      region_name = replica.value
    }
  }

  lifecycle {
    ignore_changes = [tags, tags_all]
  }

  ttl {
    attribute_name = var.expiry
    enabled        = var.expiry != ""
  }
}

# A provisioned one with everything that can be changed in place.
resource "aws_dynamodb_table" "ledger" {
  name           = "ledger"
  read_capacity  = var.capacity
  write_capacity = var.capacity
  table_class    = "STANDARD_INFREQUENT_ACCESS"
  hash_key       = "book"
  range_key      = "entry"

  attribute {
    name = "book"
    type = "S"
  }
  attribute {
    name = "entry"
    type = "B"
  }
  attribute {
    name = "day"
    type = "N"
  }

  global_secondary_index {
    name               = "days"
    hash_key           = "day"
    range_key          = "entry"
    read_capacity      = var.capacity
    write_capacity     = 1
    projection_type    = "INCLUDE"
    non_key_attributes = var.projected
  }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7
  }

  tags = {
    capacity = var.capacity
  }
}

resource "aws_dynamodb_resource_policy" "ledger" {
  resource_arn = aws_dynamodb_table.ledger.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "dynamodb:GetItem"
      Resource  = aws_dynamodb_table.ledger.arn
    }]
  })
}

resource "aws_dynamodb_contributor_insights" "ledger" {
  table_name = aws_dynamodb_table.ledger.name
  index_name = "days"
}

resource "aws_dynamodb_tag" "ledger" {
  resource_arn = aws_dynamodb_table.world.arn
  key          = "steward"
  value        = "terraform"
}

# One that was there before.
import {
  to = aws_dynamodb_table.old
  id = "old"
}

resource "aws_dynamodb_table" "old" {
  name         = "old"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

data "aws_dynamodb_table" "old" {
  name = aws_dynamodb_table.old.name
}

output "size" {
  value = data.aws_dynamodb_table.old.billing_mode
}
