"""Tables under boto3: the resource with its conditions and batch writer, and the client."""
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:]
where = dict(endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id=account, aws_secret_access_key="secret")
client = boto3.client("dynamodb", **where)
streams = boto3.client("dynamodbstreams", **where)


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as refused:
        return refused.response["Error"]["Code"]
    return "not refused"


table = boto3.resource("dynamodb", **where).create_table(
    TableName="readings",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[
        {"AttributeName": "sensor", "AttributeType": "S"},
        {"AttributeName": "value", "AttributeType": "N"},
        {"AttributeName": "unit", "AttributeType": "S"},
    ],
    KeySchema=[{"AttributeName": "sensor", "KeyType": "HASH"}, {"AttributeName": "value", "KeyType": "RANGE"}],
    GlobalSecondaryIndexes=[
        {
            "IndexName": "units",
            "KeySchema": [{"AttributeName": "unit", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }
    ],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"},
)
table.wait_until_exists()
with table.batch_writer() as batch:
    for value in range(-30, 30):
        batch.put_item(Item={"sensor": "s", "value": Decimal(value) / 2, "unit": "K" if value % 2 else "C"})

found = table.query(KeyConditionExpression=Key("sensor").eq("s") & Key("value").between(Decimal("-1.5"), 1))
assert [item["value"] for item in found["Items"]] == [Decimal(v) / 2 for v in range(-3, 3)], found
assert table.query(IndexName="units", KeyConditionExpression=Key("unit").eq("K"))["Count"] == 30
assert table.scan(FilterExpression=Attr("value").lt(0) & Attr("unit").eq("C"))["Count"] == 15
assert table.item_count == 0 or table.item_count == 60

key = {"sensor": "s", "value": 1}
table.update_item(
    Key=key,
    UpdateExpression="SET seen = if_not_exists(seen, :none) + :one, tags = :tags",
    ExpressionAttributeValues={":none": 0, ":one": 1, ":tags": {"x", "y"}},
)
assert table.get_item(Key=key)["Item"]["tags"] == {"x", "y"}
assert refusal(table.put_item, Item=key, ConditionExpression=Attr("sensor").not_exists()) == (
    "ConditionalCheckFailedException"
)
assert refusal(table.put_item, Item={"sensor": "s"}) == "ValidationException"
assert refusal(client.get_item, TableName="nothing", Key={"a": {"S": "b"}}) == "ResourceNotFoundException"

legacy = client.query(
    TableName="readings",
    KeyConditions={
        "sensor": {"AttributeValueList": [{"S": "s"}], "ComparisonOperator": "EQ"},
        "value": {"AttributeValueList": [{"N": "14"}], "ComparisonOperator": "GE"},
    },
    QueryFilter={"unit": {"AttributeValueList": [{"S": "C"}], "ComparisonOperator": "EQ"}},
)
assert (legacy["Count"], legacy["ScannedCount"]) == (1, 2), legacy

stream = streams.describe_stream(StreamArn=table.latest_stream_arn)["StreamDescription"]
iterator = streams.get_shard_iterator(
    StreamArn=table.latest_stream_arn, ShardId=stream["Shards"][0]["ShardId"], ShardIteratorType="TRIM_HORIZON"
)
assert len(streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]) == 61
table.delete()
table.wait_until_not_exists()
print("ok")
