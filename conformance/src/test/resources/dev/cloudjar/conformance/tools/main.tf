data "aws_caller_identity" "current" {}

# The provider looks at a queue for 25 seconds after each change: what need not wait for another resource does not.
resource "aws_sqs_queue" "dead" {
  name                      = "orders-dead.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:us-east-1:${var.account}:orders.fifo"]
  })
}

resource "aws_sqs_queue" "orders" {
  name                        = "orders.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  deduplication_scope         = "messageGroup"
  fifo_throughput_limit       = "perMessageGroupId"
  visibility_timeout_seconds  = 60
  receive_wait_time_seconds   = 10
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead.arn
    maxReceiveCount     = 4
  })
  tags = { stage = "test" }
}

resource "aws_sqs_queue_policy" "plain" {
  queue_url = aws_sqs_queue.plain.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "send"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.plain.arn
    }]
  })
}

resource "aws_sqs_queue" "plain" {
  name_prefix             = "plain-"
  delay_seconds           = 5
  max_message_size        = 2048
  sqs_managed_sse_enabled = true
}

data "aws_sqs_queue" "found" {
  name       = "orders.fifo"
  depends_on = [aws_sqs_queue.orders]
}

output "arn" {
  value = data.aws_sqs_queue.found.arn
}
