provider "aws" {
  alias      = "west"
  region     = "us-west-2"
  access_key = var.account
  secret_key = "secret"
  endpoints {
    iam = var.endpoint
    kms = var.endpoint
    sts = var.endpoint
  }
}

resource "aws_kms_key" "orders" {
  description             = "orders"
  enable_key_rotation     = true
  rotation_period_in_days = 180
  deletion_window_in_days = 7
  multi_region            = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "all"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_replica_key" "orders" {
  provider                = aws.west
  description             = "orders there"
  primary_key_arn         = aws_kms_key.orders.arn
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "orders" {
  name          = "alias/orders"
  target_key_id = aws_kms_key.orders.key_id
}

resource "aws_kms_key" "signing" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
  is_enabled               = false
  deletion_window_in_days  = 7
}

resource "aws_kms_grant" "reader" {
  name              = "reader"
  key_id            = aws_kms_key.orders.key_id
  grantee_principal = "arn:aws:iam::${var.account}:root"
  operations        = ["Encrypt", "Decrypt", "GenerateDataKey"]
  constraints {
    encryption_context_equals = { department = "finance" }
  }
}

data "aws_kms_alias" "s3" {
  name = "alias/aws/s3"
}

resource "aws_secretsmanager_secret" "password" {
  name                    = "db/password"
  kms_key_id              = aws_kms_key.orders.arn
  recovery_window_in_days = 0
  replica {
    region = "us-west-2"
  }
}

resource "aws_secretsmanager_secret_version" "password" {
  secret_id     = aws_secretsmanager_secret.password.id
  secret_string = "secret"
}

resource "aws_secretsmanager_secret_policy" "password" {
  secret_arn = aws_secretsmanager_secret.password.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "read"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${var.account}:root" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}

resource "aws_organizations_organization" "all" {
  feature_set                   = "ALL"
  enabled_policy_types          = ["SERVICE_CONTROL_POLICY", "TAG_POLICY"]
  aws_service_access_principals = ["config.amazonaws.com"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads"
  parent_id = aws_organizations_organization.all.roots[0].id
}

resource "aws_organizations_account" "shop" {
  name      = "shop"
  email     = "shop-${var.account}@example.org"
  parent_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_policy" "deny" {
  name = "deny"
  content = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "s3:DeleteBucket", Resource = "*" }]
  })
  depends_on = [aws_organizations_organization.all]
}

resource "aws_organizations_policy_attachment" "deny" {
  policy_id = aws_organizations_policy.deny.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_delegated_administrator" "shop" {
  account_id        = aws_organizations_account.shop.id
  service_principal = "config.amazonaws.com"
}

resource "aws_account_alternate_contact" "operations" {
  alternate_contact_type = "OPERATIONS"
  name                   = "Ada"
  title                  = "Engineer"
  email_address          = "ada@example.com"
  phone_number           = "+1234567890"
}
