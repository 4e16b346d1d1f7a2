"""Access points of all kinds and access grants, in two accounts: python3 boto3_accesspoints.py ENDPOINT ACCOUNT."""
import http.client
import json
import os
import socket
import sys
import uuid
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:]
os.environ["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"] = "true"  # boto3 would open a session of a bucket to create it.
stranger = "4" + account[1:]

# boto3 writes accounts and access points before the host; names under localhost are this machine.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: resolve(
    "localhost" if host.endswith(".localhost") else host, *more, **named
)


def client(service, keys=(account, "secret"), region="us-east-1", **config):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=keys[0],
        aws_secret_access_key=keys[1],
        aws_session_token=keys[2] if len(keys) > 2 else None,
        config=Config(retries={"max_attempts": 1}, **config),
    )


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "answered"


def anonymous(host, path):
    door = http.client.HTTPConnection(urlsplit(endpoint).netloc)
    door.request("GET", path, headers={"Host": host})
    answer = door.getresponse()
    answer.read()
    return answer.status


def said(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource, principal=None, **more):
    who = {"Principal": principal} if principal else {}
    return {"Effect": "Allow", "Action": action, "Resource": resource, **who, **more}


s3, iam, control = client("s3"), client("iam"), client("s3control")
me = {"AccountId": account}
bucket = f"behind-{account}"
s3.create_bucket(Bucket=bucket)
for key in "jane/a", "other/b":
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())


def user(name, *statements):
    iam.create_user(UserName=name)
    if statements:
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=said(*statements))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


# An access point is made, told and listed; its name has rules, and its bucket is there.
made = control.create_access_point(**me, Name="front", Bucket=bucket, Tags=[{"Key": "k", "Value": "v"}])
arn, alias = made["AccessPointArn"], made["Alias"]
assert arn == f"arn:aws:s3:us-east-1:{account}:accesspoint/front" and alias.endswith("-s3alias"), made
got = control.get_access_point(**me, Name="front")
assert (got["Bucket"], got["NetworkOrigin"], got["BucketAccountId"]) == (bucket, "Internet", account), got
assert all(got["PublicAccessBlockConfiguration"].values()) and got["Endpoints"]["ipv4"].startswith("s3-accesspoint.")
assert control.list_tags_for_resource(**me, ResourceArn=arn)["Tags"] == [{"Key": "k", "Value": "v"}]
again = {**me, "Name": "front", "Bucket": bucket}
assert refused(control.create_access_point, **again) == "AccessPointAlreadyOwnedByYou"
assert refused(control.create_access_point, **{**again, "Name": "Front"}) == "InvalidRequest"
assert refused(control.create_access_point, **{**again, "Name": "front-s3alias"}) == "InvalidRequest"
assert refused(control.create_access_point, **{**again, "Name": "second", "Bucket": "no-such-bucket"}) == "InvalidRequest"
listed = control.list_access_points(**me, Bucket=bucket)["AccessPointList"]
assert [(one["Name"], one["Alias"]) for one in listed] == [("front", alias)]
assert refused(control.get_access_point, **me, Name="back") == "NoSuchAccessPoint"
assert refused(control.get_access_point_policy, **me, Name="front") == "NoSuchAccessPointPolicy"
assert refused(control.get_access_point, AccountId=stranger, Name="front") == "AccessDenied"

# By alias, by ARN and by host it is the bucket; what is not of objects does not go through it.
for name in alias, arn:
    assert s3.get_object(Bucket=name, Key="jane/a")["Body"].read() == b"jane/a"
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=name)["Contents"]] == ["jane/a", "other/b"]
assert s3.head_bucket(Bucket=alias)["AccessPointAlias"] and not s3.head_bucket(Bucket=bucket)["AccessPointAlias"]
on = {"VersioningConfiguration": {"Status": "Enabled"}}
assert refused(s3.put_bucket_versioning, Bucket=alias, **on) == "MethodNotAllowed"
assert refused(s3.delete_bucket, Bucket=alias) == "MethodNotAllowed"
s3.copy_object(Bucket=bucket, Key="jane/copied", CopySource={"Bucket": arn, "Key": "jane/a"})
upload = s3.create_multipart_upload(Bucket=alias, Key="jane/parts")["UploadId"]
whole = {"Bucket": alias, "Key": "jane/parts", "UploadId": upload}
etag = s3.upload_part(**whole, PartNumber=1, Body=b"part")["ETag"]
assert [one["UploadId"] for one in s3.list_multipart_uploads(Bucket=arn)["Uploads"]] == [upload]
s3.complete_multipart_upload(**whole, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": etag}]})
assert s3.get_object(Bucket=bucket, Key="jane/parts")["Body"].read() == b"part"

# In one account: the access point's policy counts once the bucket allows the same or leaves it to its access points.
jane = client("s3", user("jane"))
assert refused(jane.get_object, Bucket=alias, Key="jane/a") == "AccessDenied"
may = allow(["s3:GetObject", "s3:DeleteObject"], arn + "/object/jane/*", {"AWS": f"arn:aws:iam::{account}:user/jane"})
control.put_access_point_policy(**me, Name="front", Policy=said(may))
assert json.loads(control.get_access_point_policy(**me, Name="front")["Policy"])["Statement"] == [may]
assert not control.get_access_point_policy_status(**me, Name="front")["PolicyStatus"]["IsPublic"]
assert refused(jane.get_object, Bucket=alias, Key="jane/a") == "AccessDenied"
BUCKET = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
delegated = {"StringEquals": {"s3:DataAccessPointAccount": account}}
s3.put_bucket_policy(Bucket=bucket, Policy=said(allow("*", BUCKET, {"AWS": "*"}, Condition=delegated)))
assert jane.get_object(Bucket=alias, Key="jane/a")["Body"].read() == b"jane/a"
assert jane.get_object(Bucket=arn, Key="jane/a")["Body"].read() == b"jane/a"
assert refused(jane.get_object, Bucket=alias, Key="other/b") == "AccessDenied"
assert refused(jane.get_object, Bucket=bucket, Key="jane/a") == "AccessDenied"
assert refused(jane.list_objects_v2, Bucket=alias) == "AccessDenied"
gone = jane.delete_objects(Bucket=alias, Delete={"Objects": [{"Key": "jane/copied"}, {"Key": "other/b"}]})
assert [one["Key"] for one in gone["Deleted"]] == ["jane/copied"] and gone["Errors"][0]["Code"] == "AccessDenied", gone

# An identity's own policy names the access point, not the bucket behind it.
bob = client("s3", user("bob", allow("s3:GetObject", arn + "/object/*"), allow("s3:ListBucket", arn)))
assert bob.get_object(Bucket=alias, Key="other/b")["Body"].read() == b"other/b"
assert bob.list_objects_v2(Bucket=alias)["KeyCount"] == 3
assert refused(bob.get_object, Bucket=bucket, Key="other/b") == "AccessDenied"
eve = client("s3", user("eve", allow("s3:GetObject", f"arn:aws:s3:::{bucket}/*")))
assert eve.get_object(Bucket=bucket, Key="other/b")["Body"].read() == b"other/b"
assert refused(eve.get_object, Bucket=alias, Key="other/b") == "AccessDenied"

# A bucket can be open through one access point alone, and closed to those of networks.
deny = {
    "Effect": "Deny", "Principal": "*", "Action": "s3:GetObject", "Resource": BUCKET[1],
    "Condition": {"StringNotEquals": {"s3:DataAccessPointArn": arn}},
}
s3.put_bucket_policy(Bucket=bucket, Policy=said(deny))
assert refused(eve.get_object, Bucket=bucket, Key="other/b") == "AccessDenied"
assert bob.get_object(Bucket=alias, Key="other/b")["Body"].read() == b"other/b"
deny["Condition"] = {"StringEquals": {"s3:AccessPointNetworkOrigin": "Internet"}}
s3.put_bucket_policy(Bucket=bucket, Policy=said(deny))
assert refused(bob.get_object, Bucket=alias, Key="other/b") == "AccessDenied"

# Another account's users need all three: their own policy, the access point's, and the bucket's.
theirs = client("iam", (stranger, "secret"))
theirs.create_user(UserName="guest")
made = theirs.create_access_key(UserName="guest")["AccessKey"]
guest_keys = (made["AccessKeyId"], made["SecretAccessKey"])
guest = client("s3", guest_keys)
s3.put_bucket_policy(Bucket=bucket, Policy=said(allow("*", BUCKET, {"AWS": "*"}, Condition=delegated)))
read = allow("s3:GetObject", arn + "/object/*", {"AWS": stranger})
control.put_access_point_policy(**me, Name="front", Policy=said(read))
assert refused(guest.get_object, Bucket=alias, Key="other/b") == "AccessDenied"
own = allow("s3:GetObject", arn + "/object/*")
theirs.put_user_policy(UserName="guest", PolicyName="own", PolicyDocument=said(own))
assert guest.get_object(Bucket=alias, Key="other/b")["Body"].read() == b"other/b"
assert guest.get_object(Bucket=arn, Key="other/b")["Body"].read() == b"other/b"
assert refused(guest.get_object, Bucket=bucket, Key="other/b") == "AccessDenied"
s3.delete_bucket_policy(Bucket=bucket)
assert refused(guest.get_object, Bucket=alias, Key="other/b") == "AccessDenied"

# Policies are of the access point, and no more public than its block of public access lets them be.
public = allow("s3:GetObject", arn + "/object/*", "*")
assert refused(control.put_access_point_policy, **me, Name="front", Policy=said(public)) == "AccessDenied"
foreign = allow("s3:GetObject", BUCKET[1], {"AWS": account})
assert refused(control.put_access_point_policy, **me, Name="front", Policy=said(foreign)) == "MalformedPolicy"
assert refused(control.put_access_point_policy, **me, Name="front", Policy="none") == "MalformedPolicy"
off = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": False, "RestrictPublicBuckets": False}
control.create_access_point(**me, Name="open", Bucket=bucket, PublicAccessBlockConfiguration=off)
assert control.get_access_point(**me, Name="open")["PublicAccessBlockConfiguration"] == off
anyone = allow("s3:GetObject", f"arn:aws:s3:us-east-1:{account}:accesspoint/open/object/*", "*")
control.put_access_point_policy(**me, Name="open", Policy=said(anyone))
assert control.get_access_point_policy_status(**me, Name="open")["PolicyStatus"]["IsPublic"]
assert anonymous(f"open-{account}.s3-accesspoint.us-east-1.localhost", "/other/b") == 403
s3.delete_public_access_block(Bucket=bucket)
s3.put_bucket_policy(Bucket=bucket, Policy=said(allow("*", BUCKET, {"AWS": "*"}, Condition=delegated)))
assert anonymous(f"open-{account}.s3-accesspoint.us-east-1.localhost", "/other/b") == 200
assert anonymous(f"open-{account}.s3-accesspoint.us-east-1.amazonaws.com", "/other/b") == 200
assert anonymous(f"front-{account}.s3-accesspoint.us-east-1.amazonaws.com", "/other/b") == 403
assert anonymous(urlsplit(endpoint).netloc, f"/{bucket}/other/b") == 403

# Through an access point of a network nothing comes from elsewhere, not even its owner.
inside = control.create_access_point(**me, Name="inside", Bucket=bucket, VpcConfiguration={"VpcId": "vpc-0a"})
assert control.get_access_point(**me, Name="inside")["VpcConfiguration"] == {"VpcId": "vpc-0a"}
assert refused(s3.get_object, Bucket=inside["Alias"], Key="other/b") == "AccessDenied"

# An access point to another account's bucket names that account, and opens nothing by itself.
other = client("s3control", (stranger, "secret"))
away = {"AccountId": stranger, "Name": "away", "Bucket": bucket}
assert refused(other.create_access_point, **away) == "AccessDenied"
far = other.create_access_point(**away, BucketAccountId=account)
elsewhere = client("s3", (stranger, "secret"))
assert refused(elsewhere.get_object, Bucket=far["Alias"], Key="other/b") == "AccessDenied"
delegated["StringEquals"]["s3:DataAccessPointAccount"] = [account, stranger]
s3.put_bucket_policy(Bucket=bucket, Policy=said(allow("*", BUCKET, {"AWS": "*"}, Condition=delegated)))
assert elsewhere.get_object(Bucket=far["Alias"], Key="other/b")["Body"].read() == b"other/b"

# It is asked about everybody of other accounts, the root of the bucket's owner among them.
assert refused(s3.get_object, Bucket=far["Alias"], Key="other/b") == "AccessDenied"
assert refused(s3.put_object, Bucket=far["Alias"], Key="other/c", Body=b"") == "AccessDenied"
let_in = allow("s3:GetObject", far["AccessPointArn"] + "/object/*", {"AWS": account})
other.put_access_point_policy(AccountId=stranger, Name="away", Policy=said(let_in))
assert s3.get_object(Bucket=far["Alias"], Key="other/b")["Body"].read() == b"other/b"
assert refused(s3.put_object, Bucket=far["Alias"], Key="other/c", Body=b"") == "AccessDenied"

for name in "open", "inside", "front":
    control.delete_access_point(**me, Name=name)
assert refused(s3.get_object, Bucket=alias, Key="other/b") == "NoSuchBucket"
assert control.list_access_points(**me)["AccessPointList"] == []

# A bucket stays as long as access points lead to it.
attached = {"Bucket": f"attached-{account}"}
s3.create_bucket(**attached)
control.create_access_point(**me, Name="last", **attached)
assert refused(s3.delete_bucket, **attached) == "BucketHasAccessPointsAttached"
control.delete_access_point(**me, Name="last")
s3.delete_bucket(**attached)

# Those of directory buckets reach as far as they say.
folder, point = "reach--use1-az4--x-s3", "reach--use1-az4--xa--s3"
zone = {
    "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
    "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
}
s3.create_bucket(Bucket=folder, CreateBucketConfiguration=zone)
for key in "in/a", "out/b":
    s3.put_object(Bucket=folder, Key=key, Body=key.encode())
scope = {"Prefixes": ["in/"], "Permissions": ["GetObject"]}
assert refused(control.create_access_point, **me, Name="reach", Bucket=folder) == "InvalidRequest"
made = control.create_access_point(**me, Name=point, Bucket=folder, Scope=scope)
assert made["AccessPointArn"] == f"arn:aws:s3express:us-east-1:{account}:accesspoint/{point}", made
assert control.get_access_point_scope(**me, Name=point)["Scope"] == scope
assert s3.get_object(Bucket=point, Key="in/a")["Body"].read() == b"in/a"
assert refused(s3.get_object, Bucket=point, Key="out/b") == "AccessDenied"
assert refused(s3.put_object, Bucket=point, Key="in/c", Body=b"") == "AccessDenied"
control.put_access_point_scope(**me, Name=point, Scope={"Prefixes": ["out/"], "Permissions": []})
assert s3.get_object(Bucket=point, Key="out/b")["Body"].read() == b"out/b"
assert refused(s3.get_object, Bucket=point, Key="in/a") == "AccessDenied"
control.delete_access_point_scope(**me, Name=point)
assert s3.get_object(Bucket=point, Key="in/a")["Body"].read() == b"in/a"
listed = control.list_access_points_for_directory_buckets(**me, DirectoryBucket=folder)["AccessPointList"]
assert [one["Name"] for one in listed] == [point], listed
assert control.list_access_points(**me)["AccessPointList"] == []

# Multi-region access points: made by a request that is followed, and leading to the nearest active bucket.
lands = {"us-east-1": f"east-{account}", "eu-west-1": f"west-{account}"}
for region, name in lands.items():
    there = client("s3", region=region)
    where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
    there.create_bucket(Bucket=name, **where)
    there.put_object(Bucket=name, Key="where", Body=region.encode())
token = str(uuid.uuid4())
details = {"Name": "everywhere", "Regions": [{"Bucket": name} for name in lands.values()]}
request = control.create_multi_region_access_point(**me, ClientToken=token, Details=details)["RequestTokenARN"]
assert request.startswith(f"arn:aws:s3:us-west-2:{account}:async-request/mrap/create/"), request
assert control.create_multi_region_access_point(**me, ClientToken=token, Details=details)["RequestTokenARN"] == request
followed = control.describe_multi_region_access_point_operation(**me, RequestTokenARN=request)["AsyncOperation"]
assert (followed["Operation"], followed["RequestStatus"]) == ("CreateMultiRegionAccessPoint", "SUCCEEDED"), followed
assert followed["RequestParameters"]["CreateMultiRegionAccessPointRequest"]["Name"] == "everywhere"
many = control.get_multi_region_access_point(**me, Name="everywhere")["AccessPoint"]
assert many["Status"] == "READY" and many["Alias"].endswith(".mrap"), many
assert {one["Region"]: one["Bucket"] for one in many["Regions"]} == lands
assert [one["Name"] for one in control.list_multi_region_access_points(**me)["AccessPoints"]] == ["everywhere"]
fresh = lambda **wanted: {**me, "ClientToken": str(uuid.uuid4()), "Details": {**details, **wanted}}
create = control.create_multi_region_access_point
assert refused(create, **fresh()) == "MultiRegionAccessPointAlreadyOwnedByYou"
assert refused(create, **fresh(Name="second", Regions=[{"Bucket": "no-such-bucket"}])) == "InvalidRequest"
twice = [{"Bucket": lands["us-east-1"]}, {"Bucket": bucket}]
assert refused(create, **fresh(Name="second", Regions=twice)) == "InvalidRequest"
assert refused(control.get_multi_region_access_point, **me, Name="second") == "NoSuchMultiRegionAccessPoint"
global_arn = f"arn:aws:s3::{account}:accesspoint/{many['Alias']}"


def reached(region, keys=(account, "secret")):
    near = client("s3", keys, region, s3={"addressing_style": "path"})
    return near.get_object(Bucket=many["Alias"], Key="where")["Body"].read().decode()


assert (reached("us-east-1"), reached("us-west-2"), reached("eu-central-1")) == ("us-east-1", "us-east-1", "eu-west-1")
routes = control.get_multi_region_access_point_routes(**me, Mrap=global_arn)
assert {one["Region"]: one["TrafficDialPercentage"] for one in routes["Routes"]} == {"us-east-1": 100, "eu-west-1": 100}
submit = control.submit_multi_region_access_point_routes
submit(**me, Mrap=global_arn, RouteUpdates=[{"Region": "us-east-1", "TrafficDialPercentage": 0}])
assert reached("us-east-1") == "eu-west-1"
last = [{"Region": "eu-west-1", "TrafficDialPercentage": 0}]
assert refused(submit, **me, Mrap=global_arn, RouteUpdates=last) == "InvalidRequest"
half = [{"Region": "eu-west-1", "TrafficDialPercentage": 50}]
assert refused(submit, **me, Mrap=global_arn, RouteUpdates=half) == "InvalidRequest"
nobody = allow("s3:GetObject", global_arn + "/object/*", "*")
put_policy = control.put_multi_region_access_point_policy
wish = lambda policy: {**me, "ClientToken": str(uuid.uuid4()), "Details": {"Name": "everywhere", "Policy": said(policy)}}
assert refused(put_policy, **wish(nobody)) == "AccessDenied"
jane_keys = iam.create_access_key(UserName="jane")["AccessKey"]
jane_keys = (jane_keys["AccessKeyId"], jane_keys["SecretAccessKey"])
put_policy(**wish({**nobody, "Principal": {"AWS": f"arn:aws:iam::{account}:user/jane"}}))
established = control.get_multi_region_access_point_policy(**me, Name="everywhere")["Policy"]["Established"]["Policy"]
assert "user/jane" in established
assert not control.get_multi_region_access_point_policy_status(**me, Name="everywhere")["Established"]["IsPublic"]
try:
    reached("us-east-1", jane_keys)
    raise AssertionError("the bucket does not let jane in yet")
except ClientError as error:
    assert error.response["Error"]["Code"] == "AccessDenied"
west = [f"arn:aws:s3:::{lands['eu-west-1']}", f"arn:aws:s3:::{lands['eu-west-1']}/*"]
delegated["StringEquals"]["s3:DataAccessPointAccount"] = account
client("s3", region="eu-west-1").put_bucket_policy(
    Bucket=lands["eu-west-1"], Policy=said(allow("*", west, {"AWS": "*"}, Condition=delegated))
)
assert reached("us-east-1", jane_keys) == "eu-west-1"
host = f"{many['Alias']}.accesspoint.s3-global.amazonaws.com"
assert anonymous(host, "/where") == 403
request = control.delete_multi_region_access_point(
    **me, ClientToken=str(uuid.uuid4()), Details={"Name": "everywhere"}
)["RequestTokenARN"]
followed = control.describe_multi_region_access_point_operation(**me, RequestTokenARN=request)["AsyncOperation"]
assert followed["RequestStatus"] == "SUCCEEDED", followed
assert control.list_multi_region_access_points(**me)["AccessPoints"] == []
assert anonymous(host, "/where") == 404

# Object Lambda: access points are made, told, listed and ruled. Without a Lambda a read says what is missing, and what
# no function answers goes through to what is behind.
inner = control.create_access_point(**me, Name="inner", Bucket=bucket)
function = f"arn:aws:lambda:us-east-1:{account}:function:any:1"


def rendering(behind=inner["AccessPointArn"], actions=("GetObject",), target=function, **more):
    how = {"AwsLambda": {"FunctionArn": target, "FunctionPayload": '{"k": 1}'}}
    ways = [{"Actions": list(actions), "ContentTransformation": how}]
    return {"SupportingAccessPoint": behind, "TransformationConfigurations": ways, **more}


create = control.create_access_point_for_object_lambda
wanted = rendering(AllowedFeatures=["GetObject-Range"], CloudWatchMetricsEnabled=False)
made = control.create_access_point_for_object_lambda(**me, Name="rendered", Configuration=wanted)
lambda_arn, lambda_alias = made["ObjectLambdaAccessPointArn"], made["Alias"]["Value"]
assert lambda_arn == f"arn:aws:s3-object-lambda:us-east-1:{account}:accesspoint/rendered", made
assert made["Alias"]["Status"] == "READY" and lambda_alias.endswith("--ol-s3") and len(lambda_alias) < 64, made
got = control.get_access_point_for_object_lambda(**me, Name="rendered")
assert (got["Name"], got["Alias"]) == ("rendered", made["Alias"]) and got["CreationDate"], got
assert all(got["PublicAccessBlockConfiguration"].values()), got
configured = lambda: control.get_access_point_configuration_for_object_lambda(**me, Name="rendered")["Configuration"]
assert configured() == wanted, configured()
create(**me, Name="second", Configuration=rendering())
pages = control.get_paginator("list_access_points_for_object_lambda").paginate(**me, PaginationConfig={"PageSize": 1})
listed = [one for page in pages for one in page["ObjectLambdaAccessPointList"]]
assert [one["Name"] for one in listed] == ["rendered", "second"] and listed[0]["Alias"] == made["Alias"], listed
assert len(control.list_access_points_for_object_lambda(**me)["ObjectLambdaAccessPointList"]) == 2
assert control.list_access_points(**me)["AccessPointList"][0]["Name"] == "inner"
again = {**me, "Name": "third"}
assert refused(create, **me, Name="second", Configuration=rendering()) == "AccessPointAlreadyOwnedByYou"
assert refused(create, **me, Name="third-s3alias", Configuration=rendering()) == "InvalidRequest"
nowhere = rendering(inner["AccessPointArn"] + "2")
assert refused(create, **again, Configuration=nowhere) == "NoSuchAccessPoint"
assert refused(create, **again, Configuration=rendering(actions=["GetObject", "GetObject"])) == "MalformedXML"
abroad = function.replace("us-east-1", "eu-west-1")
assert refused(create, **again, Configuration=rendering(target=abroad)) == "InvalidRequest"

for name in lambda_alias, lambda_arn:
    assert refused(s3.get_object, Bucket=name, Key="other/b") == "LambdaInvocationFailed"
    assert s3.head_object(Bucket=name, Key="other/b")["ContentLength"] == 7
    assert "other/b" in [one["Key"] for one in s3.list_objects_v2(Bucket=name)["Contents"]]
s3.put_object(Bucket=lambda_arn, Key="lambda/new", Body=b"through")
assert s3.get_object(Bucket=bucket, Key="lambda/new")["Body"].read() == b"through"
try:
    s3.get_object(Bucket=lambda_alias, Key="other/b")
except ClientError as error:
    assert "There is no Lambda service in this cloud" in error.response["Error"]["Message"], error
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400
assert refused(s3.get_object, Bucket=lambda_alias, Key="other/b", PartNumber=1) == "NotImplemented"
assert refused(s3.get_object_attributes, Bucket=lambda_alias, Key="a", ObjectAttributes=["ETag"]) == "MethodNotAllowed"
answer = {"RequestRoute": "io-cell001", "RequestToken": "none", "Body": b""}
assert refused(s3.write_get_object_response, **answer) == "ValidationError"
change = control.put_access_point_configuration_for_object_lambda
head = rendering(actions=["HeadObject"])
control.put_access_point_configuration_for_object_lambda(**me, Name="rendered", Configuration=head)
assert configured() == head
got = control.get_access_point_configuration_for_object_lambda(**me, Name="rendered")
assert got["Configuration"]["SupportingAccessPoint"] == inner["AccessPointArn"], got
assert s3.get_object(Bucket=lambda_alias, Key="other/b")["Body"].read() == b"other/b"
assert refused(change, **me, Name="rendered", Configuration=nowhere) == "NoSuchAccessPoint"

# Its users need it and what is behind; its policy is of its own ARN, and no access point is open to everybody.
carl = client("s3", user("carl", allow("s3:*", "*")))
assert refused(carl.get_object, Bucket=lambda_alias, Key="other/b") == "AccessDenied"
rules = {**me, "Name": "rendered"}
assert refused(control.get_access_point_policy_for_object_lambda, **rules) == "NoSuchAccessPointPolicy"
carls = allow("s3-object-lambda:*", lambda_arn, {"AWS": f"arn:aws:iam::{account}:user/carl"})
rule = control.put_access_point_policy_for_object_lambda
control.put_access_point_policy_for_object_lambda(**rules, Policy=said(carls))
assert json.loads(control.get_access_point_policy_for_object_lambda(**rules)["Policy"])["Statement"] == [carls]
assert not control.get_access_point_policy_status_for_object_lambda(**rules)["PolicyStatus"]["IsPublic"]
assert carl.get_object(Bucket=lambda_alias, Key="other/b")["Body"].read() == b"other/b"
assert refused(rule, **rules, Policy=said({**carls, "Principal": "*"})) == "AccessDenied"
assert refused(rule, **rules, Policy=said({**carls, "Resource": lambda_arn + "2"})) == "MalformedPolicy"
control.delete_access_point_policy_for_object_lambda(**rules)
assert refused(control.get_access_point_policy_status_for_object_lambda, **rules) == "NoSuchAccessPointPolicy"
assert refused(carl.get_object, Bucket=lambda_alias, Key="other/b") == "AccessDenied"
for name in "rendered", "second":
    control.delete_access_point_for_object_lambda(**me, Name=name)
assert refused(control.get_access_point_for_object_lambda, **rules) == "NoSuchAccessPoint"
assert refused(s3.get_object, Bucket=lambda_alias, Key="other/b") == "NoSuchBucket"
control.delete_access_point(**me, Name="inner")

# Access grants: a grantee gets credentials of the location's role, for what was granted and no more.
vending = {"Service": "access-grants.s3.amazonaws.com"}
trust = allow(["sts:AssumeRole", "sts:SetSourceIdentity"], None, vending)
del trust["Resource"]
role = iam.create_role(RoleName="vended", AssumeRolePolicyDocument=said(trust))["Role"]["Arn"]
iam.put_role_policy(RoleName="vended", PolicyName="own", PolicyDocument=said(allow("s3:*", "*")))
keys = user("grantee", allow(["s3:GetDataAccess", "s3:ListCallerAccessGrants"], "*"))
grantee = client("s3control", keys)
wanted = {**me, "Target": f"s3://{bucket}/jane/*", "Permission": "READ"}
assert refused(grantee.get_data_access, **wanted) == "AccessGrantsInstanceNotExistsError"
instance = control.create_access_grants_instance(**me)["AccessGrantsInstanceArn"]
place = control.create_access_grants_location(**me, LocationScope=f"s3://{bucket}/", IAMRoleArn=role)
assert refused(grantee.get_data_access, **wanted) == "AccessDenied"
granted = control.create_access_grant(
    **me,
    AccessGrantsLocationId=place["AccessGrantsLocationId"],
    AccessGrantsLocationConfiguration={"S3SubPrefix": "jane/*"},
    Grantee={"GranteeType": "IAM", "GranteeIdentifier": f"arn:aws:iam::{account}:user/grantee"},
    Permission="READ",
)
assert granted["GrantScope"] == f"s3://{bucket}/jane/*", granted


def vended(**settings):
    out = grantee.get_data_access(**{**wanted, **settings})
    found = out["Credentials"]
    return out, client("s3", (found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"]))


out, holder = vended(DurationSeconds=900)
assert out["MatchedGrantTarget"] == f"s3://{bucket}/jane/*" and out["Grantee"]["GranteeType"] == "IAM", out
assert holder.get_object(Bucket=bucket, Key="jane/a")["Body"].read() == b"jane/a"
assert holder.list_objects_v2(Bucket=bucket, Prefix="jane/")["KeyCount"] == 2
assert refused(holder.get_object, Bucket=bucket, Key="other/b") == "AccessDenied"
assert refused(holder.put_object, Bucket=bucket, Key="jane/a", Body=b"") == "AccessDenied"
assert refused(holder.list_objects_v2, Bucket=bucket, Prefix="other/") == "AccessDenied"
assert refused(grantee.get_data_access, **{**wanted, "Permission": "WRITE"}) == "AccessDenied"
assert refused(grantee.get_data_access, **{**wanted, "Target": f"s3://{bucket}/*"}) == "AccessDenied"
assert refused(grantee.get_data_access, **{**wanted, "Target": "jane/*"}) == "InvalidRequest"
out, holder = vended(Target=f"s3://{bucket}/jane/a", TargetType="Object", Privilege="Minimal")
assert out["MatchedGrantTarget"] == f"s3://{bucket}/jane/a", out
assert holder.get_object(Bucket=bucket, Key="jane/a")["Body"].read() == b"jane/a"
assert refused(holder.get_object, Bucket=bucket, Key="jane/parts") == "AccessDenied"
out, holder = vended(Target=f"s3://{bucket}/jane/a", TargetType="Object")
assert holder.get_object(Bucket=bucket, Key="jane/parts")["Body"].read() == b"part"
mine = grantee.list_caller_access_grants(**me)["CallerAccessGrantsList"]
assert mine == [{"Permission": "READ", "GrantScope": f"s3://{bucket}/jane/*"}], mine
assert refused(grantee.list_access_grants, **me) == "AccessDenied"
long = {**wanted, "DurationSeconds": 43200}
assert refused(grantee.get_data_access, **long) != "answered"
iam.update_role(RoleName="vended", MaxSessionDuration=43200)
assert grantee.get_data_access(**long)["Credentials"]["AccessKeyId"].startswith("ASIA")
trust["Action"] = "sts:AssumeRole"
iam.update_assume_role_policy(RoleName="vended", PolicyDocument=said(trust))
assert refused(grantee.get_data_access, **wanted) == "AccessDenied"
trust["Action"] = ["sts:AssumeRole", "sts:SetSourceIdentity"]
trust["Condition"] = {"StringEquals": {"aws:SourceAccount": account, "aws:SourceArn": instance}}
iam.update_assume_role_policy(RoleName="vended", PolicyDocument=said(trust))
assert grantee.get_data_access(**wanted)["MatchedGrantTarget"] == f"s3://{bucket}/jane/*"

# A grantee of another account asks where the instance's policy lets him.
theirs.put_user_policy(UserName="guest", PolicyName="own", PolicyDocument=said(allow("s3:GetDataAccess", instance)))
guest = client("s3control", guest_keys)
control.create_access_grant(
    **me,
    AccessGrantsLocationId=place["AccessGrantsLocationId"],
    AccessGrantsLocationConfiguration={"S3SubPrefix": "other/*"},
    Grantee={"GranteeType": "IAM", "GranteeIdentifier": f"arn:aws:iam::{stranger}:user/guest"},
    Permission="READWRITE",
)
wanted = {**me, "Target": f"s3://{bucket}/other/*", "Permission": "READWRITE"}
assert refused(guest.get_data_access, **wanted) == "AccessDenied"
control.put_access_grants_instance_resource_policy(
    **me, Policy=said(allow("s3:GetDataAccess", instance, {"AWS": stranger}))
)
found = guest.get_data_access(**wanted)["Credentials"]
holder = client("s3", (found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"]))
holder.put_object(Bucket=bucket, Key="other/c", Body=b"c")
assert refused(holder.get_object, Bucket=bucket, Key="jane/a") == "AccessDenied"
print("ok")
