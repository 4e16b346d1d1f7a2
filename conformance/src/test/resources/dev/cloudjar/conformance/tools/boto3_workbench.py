"""What NoSQL Workbench leaves: a data model is committed as Workbench does it, and its data are imported from a bucket
as DynamoDB JSON and as CSV."""
import csv
import io
import json
import sys

import boto3
from boto3.dynamodb.conditions import Key

endpoint, account = sys.argv[1:]
where = dict(endpoint_url=endpoint, region_name="eu-west-1", aws_access_key_id=account, aws_secret_access_key="secret")
client = boto3.client("dynamodb", **where)
resource = boto3.resource("dynamodb", **where)
s3 = boto3.client("s3", **where)

with open("workbench.json") as file:
    model = json.load(file)["DataModel"][0]


def keys(holder):
    return [holder["KeyAttributes"][each] for each in ("PartitionKey", "SortKey") if each in holder["KeyAttributes"]]


def schema(holder):
    kinds = zip(keys(holder), ("HASH", "RANGE"))
    return [{"AttributeName": each["AttributeName"], "KeyType": kind} for each, kind in kinds]


holders = [model] + model["GlobalSecondaryIndexes"]
attributes = {each["AttributeName"]: each for holder in holders for each in keys(holder)}
throughput = model["ProvisionedCapacitySettings"]["ProvisionedThroughput"]
creation = dict(
    AttributeDefinitions=list(attributes.values()),
    KeySchema=schema(model),
    BillingMode=model["BillingMode"],
    ProvisionedThroughput=throughput,
    GlobalSecondaryIndexes=[
        {
            "IndexName": each["IndexName"],
            "KeySchema": schema(each),
            "Projection": each["Projection"],
            "ProvisionedThroughput": throughput,
        }
        for each in model["GlobalSecondaryIndexes"]
    ],
)


def check(name):
    reports = resource.Table(name).query(
        IndexName="DirectReports", KeyConditionExpression=Key("ManagerLoginAlias").eq("johns")
    )["Items"]
    assert [each["LoginAlias"] for each in reports] == ["marthar"], reports
    named = resource.Table(name).query(IndexName="Name", KeyConditionExpression=Key("LastName").eq("Rivera"))["Items"]
    assert set(named[0]) == {"LoginAlias", "LastName", "FirstName", "Grade"}, named


def imported(name, **options):
    begun = client.import_table(TableCreationParameters={"TableName": name, **creation}, **options)
    arn = begun["ImportTableDescription"]["ImportArn"]
    done = client.describe_import(ImportArn=arn)["ImportTableDescription"]
    assert done["ImportStatus"] == "COMPLETED", done
    assert done["ImportedItemCount"] == len(model["TableData"]), done
    check(name)


client.create_table(TableName=model["TableName"], **creation)
client.get_waiter("table_exists").wait(TableName=model["TableName"])
requests = [{"PutRequest": {"Item": item}} for item in model["TableData"]]
assert client.batch_write_item(RequestItems={model["TableName"]: requests})["UnprocessedItems"] == {}
check(model["TableName"])

bucket = "workbench-" + account
s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
lines = "".join(json.dumps({"Item": item}) + "\n" for item in model["TableData"])
s3.put_object(Bucket=bucket, Key="json/data.json", Body=lines.encode())
imported("FromJson", InputFormat="DYNAMODB_JSON", S3BucketSource={"S3Bucket": bucket, "S3KeyPrefix": "json/"})
everything = client.scan(TableName=model["TableName"])["Items"]
assert client.scan(TableName="FromJson")["Items"] == everything

columns = ["LoginAlias", "FirstName", "LastName", "ManagerLoginAlias", "Grade"]
text = io.StringIO()
rows = csv.writer(text)
rows.writerow(columns)
for item in model["TableData"]:
    rows.writerow([next(iter(item[column].values())) for column in columns])
s3.put_object(Bucket=bucket, Key="csv/Employee.csv", Body=text.getvalue().encode())
imported("FromCsv", InputFormat="CSV", S3BucketSource={"S3Bucket": bucket, "S3KeyPrefix": "csv/"})

print("ok")
