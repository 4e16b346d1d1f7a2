"""More of boto3: every kind of condition, paginators, batches that name a key twice, and errors with what they carry."""
import sys
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary

endpoint, account = sys.argv[1:]
where = dict(endpoint_url=endpoint, region_name="eu-west-1", aws_access_key_id=account, aws_secret_access_key="secret")
client = boto3.client("dynamodb", **where)
resource = boto3.resource("dynamodb", **where)


def create(name):
    table = resource.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "owner", "AttributeType": "S"},
            {"AttributeName": "blob", "AttributeType": "B"},
        ],
        KeySchema=[{"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "blob", "KeyType": "RANGE"}],
    )
    table.wait_until_exists()
    return table


table = create("papers")
assert [each.name for each in resource.tables.all()] == ["papers"]
table.reload()
assert table.table_status == "ACTIVE" and table.key_schema[1]["AttributeName"] == "blob"

with table.batch_writer(overwrite_by_pkeys=["owner", "blob"]) as batch:
    for round in range(2):
        for byte in range(40):
            batch.put_item(Item={"owner": "ann", "blob": bytes([byte]), "round": round, "even": byte % 2 == 0})
    batch.delete_item(Key={"owner": "ann", "blob": bytes([39])})
found = table.query(KeyConditionExpression=Key("owner").eq("ann") & Key("blob").gte(b"\x26"))
assert [(item["blob"], item["round"]) for item in found["Items"]] == [(Binary(b"\x26"), 1)], found

precise = Decimal("12345678901234567.890123456789012345678")
whole = {
    "owner": "bob", "blob": b"\xff\x00", "precise": precise, "none": None, "yes": True, "text": "", "names": {"x", "y"},
    "numbers": {Decimal(1), Decimal("2.5")}, "bytes": {b"a", b"b"}, "deep": {"list": [1, {"in": [[]]}]},
}
table.put_item(Item=whole)
kept = table.get_item(Key={"owner": "bob", "blob": b"\xff\x00"}, ConsistentRead=True)["Item"]
assert kept == whole, kept

for condition, count in [
    (Attr("even").eq(True), 20),
    (Attr("round").is_in([1, 7]), 39),
    (Attr("blob").between(b"\x01", b"\x03"), 3),
    (Attr("owner").begins_with("b"), 1),
    (Attr("names").contains("x"), 1),
    (Attr("text").size().eq(0), 1),
    (Attr("none").attribute_type("NULL"), 1),
    (~Attr("round").exists() & Attr("deep.list[1]").exists(), 1),
    (Attr("precise").gt(Decimal("1E+16")) | Attr("yes").ne(True), 40),
]:
    assert table.scan(FilterExpression=condition)["Count"] == count, condition.get_expression()

pages = client.get_paginator("query").paginate(
    TableName="papers", KeyConditionExpression="#o = :o", ExpressionAttributeNames={"#o": "owner"},
    ExpressionAttributeValues={":o": {"S": "ann"}}, PaginationConfig={"PageSize": 16},
)
assert [page["Count"] for page in pages] == [16, 16, 7]
names = ["papers"] + sorted(create(f"more-{i}").name for i in range(3))
listed = client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 2})
assert sorted(name for page in listed for name in page["TableNames"]) == sorted(names)

got = resource.batch_get_item(
    RequestItems={"papers": {"Keys": [{"owner": "ann", "blob": bytes([byte])} for byte in range(3)]}}
)
assert len(got["Responses"]["papers"]) == 3 and got["UnprocessedKeys"] == {}

try:
    client.update_item(
        TableName="papers", Key={"owner": {"S": "ann"}, "blob": {"B": b"\x01"}}, UpdateExpression="SET #r = :two",
        ConditionExpression="#r = :two", ExpressionAttributeNames={"#r": "round"},
        ExpressionAttributeValues={":two": {"N": "2"}}, ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    raise AssertionError("not refused")
except client.exceptions.ConditionalCheckFailedException as refused:
    assert refused.response["Item"]["round"] == {"N": "1"}, refused.response
    assert refused.response["ResponseMetadata"]["HTTPStatusCode"] == 400

try:
    client.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": "papers", "Item": {"owner": {"S": "eve"}, "blob": {"B": b"x"}}}},
            {
                "Delete": {
                    "TableName": "papers", "Key": {"owner": {"S": "ann"}, "blob": {"B": b"\x01"}},
                    "ConditionExpression": "attribute_not_exists(even)",
                }
            },
        ]
    )
    raise AssertionError("not refused")
except client.exceptions.TransactionCanceledException as cancelled:
    assert [reason["Code"] for reason in cancelled.response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]

for gone in names:
    resource.Table(gone).delete()
    resource.Table(gone).wait_until_not_exists()
try:
    table.reload()
    raise AssertionError("not refused")
except client.exceptions.ResourceNotFoundException as missing:
    assert missing.response["Error"]["Message"] == "Requested resource not found: Table: papers not found"
print("ok")
