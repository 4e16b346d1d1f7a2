variable "index" {
  default = "by-state"
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "customer"
  range_key                   = "placed"
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  deletion_protection_enabled = false

  attribute {
    name = "customer"
    type = "S"
  }
  attribute {
    name = "placed"
    type = "N"
  }
  attribute {
    name = "state"
    type = "S"
  }

  local_secondary_index {
    name            = "local-state"
    range_key       = "state"
    projection_type = "KEYS_ONLY"
  }

  global_secondary_index {
    name               = var.index
    hash_key           = "state"
    range_key          = "placed"
    projection_type    = "INCLUDE"
    non_key_attributes = ["total"]
  }

  ttl {
    attribute_name = "forgotten"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = {
    team = "shop"
  }
}

resource "aws_dynamodb_table" "counters" {
  name           = "counters"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "id"

  attribute {
    name = "id"
    type = "B"
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = "customer"
  range_key  = "placed"
  item       = jsonencode({ customer = { S = "a" }, placed = { N = "1" }, state = { S = "new" } })
}
