"""SQS and STS through boto3, both its client and its resource: python3 boto3_sqs.py ENDPOINT ACCOUNT."""
import json
import sys

import boto3

endpoint, account = sys.argv[1:]
session = boto3.session.Session(aws_access_key_id=account, aws_secret_access_key="secret", region_name="us-east-1")
sqs = session.client("sqs", endpoint_url=endpoint)

assert session.client("sts", endpoint_url=endpoint).get_caller_identity()["Account"] == account

dead = sqs.create_queue(QueueName="boto-dead")["QueueUrl"]
dead_arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
assert dead_arn == f"arn:aws:sqs:us-east-1:{account}:boto-dead", dead_arn
url = sqs.create_queue(
    QueueName="boto.fifo",
    Attributes={
        "FifoQueue": "true",
        "ContentBasedDeduplication": "true",
        "VisibilityTimeout": "0",
    },
    tags={"made": "by boto"},
)["QueueUrl"]
assert sqs.list_queue_tags(QueueUrl=url)["Tags"] == {"made": "by boto"}

for number in range(3):
    sent = sqs.send_message(
        QueueUrl=url,
        MessageBody=f"message {number}",
        MessageGroupId="group",
        MessageAttributes={"bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"}},
    )
    assert int(sent["SequenceNumber"]) > 0
received = sqs.receive_message(
    QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"], AttributeNames=["All"]
)["Messages"]
assert [m["Body"] for m in received] == ["message 0", "message 1", "message 2"], received
assert received[0]["MessageAttributes"]["bytes"]["BinaryValue"] == b"\x00\xff"

queue = session.resource("sqs", endpoint_url=endpoint).create_queue(
    QueueName="boto-plain",
    Attributes={"RedrivePolicy": json.dumps({"deadLetterTargetArn": dead_arn, "maxReceiveCount": 1})},
)
answer = queue.send_messages(Entries=[{"Id": str(n), "MessageBody": f"m{n}"} for n in range(10)])
assert len(answer["Successful"]) == 10
seen = 0
while seen < 10:
    messages = queue.receive_messages(MaxNumberOfMessages=10, WaitTimeSeconds=5)
    assert messages
    seen += len(messages)
    queue.delete_messages(Entries=[{"Id": m.message_id, "ReceiptHandle": m.receipt_handle} for m in messages])
queue.reload()
assert queue.attributes["ApproximateNumberOfMessages"] == "0"

try:
    sqs.get_queue_url(QueueName="boto-nowhere")
    raise AssertionError("a queue that is not there was found")
except sqs.exceptions.QueueDoesNotExist as error:
    assert error.response["Error"]["QueryErrorCode"] == "QueueDoesNotExist", error.response
    assert error.response["Error"]["Code"] == "AWS.SimpleQueueService.NonExistentQueue", error.response

pages = sqs.get_paginator("list_queues").paginate(QueueNamePrefix="boto", PaginationConfig={"PageSize": 1})
assert sum(len(page.get("QueueUrls", [])) for page in pages) == 3
print("ok")
