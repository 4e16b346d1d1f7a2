"""Who may do what, between two accounts and under an organization: python3 boto3_access.py ENDPOINT ACCOUNT."""
import base64
import hashlib
import hmac
import json
import struct
import sys
import time
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:]


def client(service, credentials=None, region="us-east-1"):
    if credentials is None:
        credentials = {"AccessKeyId": account, "SecretAccessKey": "secret"}
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=region,
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials.get("SessionToken"),
        config=Config(retries={"max_attempts": 1}),
    )


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"], error.response["Error"]["Message"]
    return "answered", ""


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


iam = client("iam")


def user(name, *statements):
    iam.create_user(UserName=name)
    if statements:
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy(*statements))
    return iam.create_access_key(UserName=name)["AccessKey"]


# An account that is opened is entered by its role.
organizations = client("organizations")
organization = organizations.create_organization()["Organization"]
root = organizations.list_roots()["Roots"][0]["Id"]
opening = organizations.create_account(
    Email=f"access-{account}@example.org", AccountName="access", Tags=[{"Key": "team", "Value": "blue"}]
)["CreateAccountStatus"]["Id"]
member = organizations.describe_create_account_status(CreateAccountRequestId=opening)["CreateAccountStatus"]["AccountId"]
ada = user("ada", allow(["sts:AssumeRole", "sts:AssumeRoot"]))
sts = client("sts", ada)
entered = sts.assume_role(
    RoleArn=f"arn:aws:iam::{member}:role/OrganizationAccountAccessRole", RoleSessionName="ada"
)["Credentials"]
assert client("sts", entered).get_caller_identity()["Account"] == member
tagged = client("resourcegroupstaggingapi").get_resources(ResourceTypeFilters=["organizations:account"])
assert [each["Tags"] for each in tagged["ResourceTagMappingList"] if each["ResourceARN"].endswith(member)] == [
    [{"Key": "team", "Value": "blue"}]
]

# One prefix of a bucket and one partition of a table, for whoever knows the external id.
bucket = f"access-{member}"
s3 = client("s3", entered)
s3.create_bucket(Bucket=bucket)
for key in "ada/one", "bob/one":
    s3.put_object(Bucket=bucket, Key=key, Body=b"x")
dynamodb = client("dynamodb", entered)
dynamodb.create_table(
    TableName="orders",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
)
for name in "ada", "bob":
    dynamodb.put_item(TableName="orders", Item={"id": {"S": name}})
trust = {
    "Effect": "Allow",
    "Principal": {"AWS": f"arn:aws:iam::{account}:user/ada"},
    "Action": "sts:AssumeRole",
    "Condition": {"StringEquals": {"sts:ExternalId": "42"}},
}
theirs = client("iam", entered)
theirs.create_role(RoleName="reader", AssumeRolePolicyDocument=policy(trust))
theirs.put_role_policy(
    RoleName="reader",
    PolicyName="own",
    PolicyDocument=policy(
        allow("s3:GetObject", f"arn:aws:s3:::{bucket}/ada/*"),
        allow("s3:ListBucket", f"arn:aws:s3:::{bucket}", Condition={"StringLike": {"s3:prefix": "ada/*"}}),
        allow(
            ["dynamodb:GetItem", "dynamodb:Query"],
            f"arn:aws:dynamodb:*:{member}:table/orders",
            Condition={"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["ada"]}},
        ),
    ),
)
reader = f"arn:aws:iam::{member}:role/reader"
code, message = refused(sts.assume_role, RoleArn=reader, RoleSessionName="ada")
assert (code, message) == (
    "AccessDenied",
    f"User: arn:aws:iam::{account}:user/ada is not authorized to perform: sts:AssumeRole on resource: {reader}",
), message
session = sts.assume_role(RoleArn=reader, RoleSessionName="ada", ExternalId="42")["Credentials"]
reading = client("s3", session)
assert reading.get_object(Bucket=bucket, Key="ada/one")["Body"].read() == b"x"
assert len(reading.list_objects_v2(Bucket=bucket, Prefix="ada/")["Contents"]) == 1
assert refused(reading.list_objects_v2, Bucket=bucket)[0] == "AccessDenied"
code, message = refused(reading.get_object, Bucket=bucket, Key="bob/one")
assert message == (
    f"User: arn:aws:sts::{member}:assumed-role/reader/ada is not authorized to perform: s3:GetObject on resource: "
    f'"arn:aws:s3:::{bucket}/bob/one" because no identity-based policy allows the s3:GetObject action'
), message
table = client("dynamodb", session)
assert table.get_item(TableName="orders", Key={"id": {"S": "ada"}})["Item"]
code, message = refused(table.get_item, TableName="orders", Key={"id": {"S": "bob"}})
assert code == "AccessDeniedException" and message.endswith(
    f"is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:{member}:table/orders "
    "because no identity-based policy allows the dynamodb:GetItem action"
), message
assert refused(table.scan, TableName="orders")[0] == "AccessDeniedException"

# A policy of the organization stops a region, and a boundary stops who would give himself more.
organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
outside = {
    "Effect": "Deny",
    "NotAction": ["iam:*", "sts:*"],
    "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}},
}
stop = organizations.create_policy(
    Name="region", Description="", Type="SERVICE_CONTROL_POLICY", Content=policy(outside)
)["Policy"]["PolicySummary"]["Id"]
organizations.attach_policy(PolicyId=stop, TargetId=member)
code, message = refused(client("sqs", entered, "eu-west-1").list_queues)
assert message.endswith("with an explicit deny in a service control policy"), message
assert refused(client("sqs", entered).list_queues)[0] == "answered"
organizations.detach_policy(PolicyId=stop, TargetId=member)

bound = iam.create_policy(PolicyName="bound", PolicyDocument=policy(allow(["sqs:*", "iam:Get*"])))["Policy"]["Arn"]
eve = user("eve", allow("*"))
iam.put_user_permissions_boundary(UserName="eve", PermissionsBoundary=bound)
code, message = refused(
    client("iam", eve).attach_user_policy,
    UserName="eve",
    PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess",
)
assert code == "AccessDenied" and message.endswith(
    "because no permissions boundary allows the iam:AttachUserPolicy action"
), message
assert refused(client("iam", eve).delete_user_permissions_boundary, UserName="eve")[0] == "AccessDenied"
assert refused(client("sqs", eve).list_queues)[0] == "answered"

# A bucket that nobody may touch any more is unlocked by a session as the root of its account.
s3.put_bucket_policy(
    Bucket=bucket,
    Policy=policy({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket}"}),
)
assert refused(s3.delete_bucket_policy, Bucket=bucket)[0] == "AccessDenied"
unlock = {"TargetPrincipal": member, "TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}}
assert refused(sts.assume_root, **unlock)[0] == "AccessDenied"
organizations.enable_aws_service_access(ServicePrincipal="iam.amazonaws.com")
iam.enable_organizations_root_sessions()
unlocking = sts.assume_root(**unlock)["Credentials"]
assert client("sts", unlocking).get_caller_identity()["Arn"] == f"arn:aws:iam::{member}:root"
assert refused(client("sqs", unlocking).list_queues)[0] == "AccessDenied"
client("s3", unlocking).delete_bucket_policy(Bucket=bucket)
assert refused(s3.list_objects_v2, Bucket=bucket)[0] == "answered"
wrong = {"TargetPrincipal": member, "TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}}
assert refused(sts.assume_root, **wrong)[0] == "ValidationError"

# Newer regions are closed until they are enabled.
far = "eu-south-2"
assert refused(client("sts", ada, far).get_caller_identity)[0] == "InvalidClientTokenId"
assert refused(client("dynamodb", eve, far).list_tables)[0] == "UnrecognizedClientException"
client("account").enable_region(RegionName=far)
assert refused(client("sts", ada, far).get_caller_identity)[0] == "answered"
client("account").disable_region(RegionName=far)
assert refused(client("sts", ada, far).get_caller_identity)[0] == "InvalidClientTokenId"

# Who has the name of somebody that was deleted is somebody else.
user("carl")
iam.create_role(
    RoleName="carls",
    AssumeRolePolicyDocument=policy(
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:user/carl"}, "Action": "sts:AssumeRole"}
    ),
)
named = lambda: iam.get_role(RoleName="carls")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["AWS"]
assert named() == f"arn:aws:iam::{account}:user/carl"
identity = iam.get_user(UserName="carl")["User"]["UserId"]
for key in iam.list_access_keys(UserName="carl")["AccessKeyMetadata"]:
    iam.delete_access_key(UserName="carl", AccessKeyId=key["AccessKeyId"])
iam.delete_user(UserName="carl")
assert named() == identity
carl = user("carl")
assume = {"RoleArn": f"arn:aws:iam::{account}:role/carls", "RoleSessionName": "carl"}
assert refused(client("sts", carl).assume_role, **assume)[0] == "AccessDenied"

# So it is where policies of queues, buckets, keys and secrets name somebody.
dora = f"arn:aws:iam::{account}:user/dora"
names = lambda resource, actions: policy(
    {"Effect": "Allow", "Principal": {"AWS": dora}, "Action": actions, "Resource": resource}
)
queues, buckets, secrets = client("sqs"), client("s3"), client("secretsmanager")
letters = f"letters-{account}"
buckets.create_bucket(Bucket=letters)
shared = queues.create_queue(QueueName="letters")["QueueUrl"]
arn = f"arn:aws:sqs:us-east-1:{account}:letters"
put_queue = lambda: queues.set_queue_attributes(QueueUrl=shared, Attributes={"Policy": names(arn, "sqs:*")})
put_bucket = lambda: buckets.put_bucket_policy(Bucket=letters, Policy=names(f"arn:aws:s3:::{letters}/*", "s3:*"))
assert refused(put_queue) == ("InvalidAttributeValue", "Invalid value for the parameter Policy.")
assert refused(put_bucket) == ("MalformedPolicy", "Invalid principal in policy")
first = user("dora")
lock = client("kms").create_key()["KeyMetadata"]["KeyId"]
client("kms").create_grant(KeyId=lock, GranteePrincipal=dora, Operations=["Encrypt"])
put_queue()
put_bucket()
of = lambda text: json.loads(text)["Statement"][0]["Principal"]["AWS"]
on_queue = lambda: of(
    queues.get_queue_attributes(QueueUrl=shared, AttributeNames=["Policy"])["Attributes"]["Policy"]
)
on_bucket = lambda: of(buckets.get_bucket_policy(Bucket=letters)["Policy"])
assert (on_queue(), on_bucket()) == (dora, dora)
client("sqs", first).send_message(QueueUrl=shared, MessageBody="m")
client("s3", first).put_object(Bucket=letters, Key="k", Body=b"x")
client("kms", first).encrypt(KeyId=lock, Plaintext=b"x")
identity = iam.get_user(UserName="dora")["User"]["UserId"]
iam.delete_access_key(UserName="dora", AccessKeyId=first["AccessKeyId"])
iam.delete_user(UserName="dora")
assert (on_queue(), on_bucket()) == (identity, identity)
second = user("dora")
assert client("kms").list_grants(KeyId=lock)["Grants"][0]["GranteePrincipal"] == identity
assert refused(client("kms", second).encrypt, KeyId=lock, Plaintext=b"x")[0] == "AccessDeniedException"
assert refused(client("sqs", second).send_message, QueueUrl=shared, MessageBody="m")[0] == "AccessDenied"
assert refused(client("s3", second).get_object, Bucket=letters, Key="k")[0] == "AccessDenied"

# Who has shown a code of a device may do what others may not.
def code(seed, step=None):
    step = int(time.time()) // 30 if step is None else step
    digest = hmac.new(base64.b32decode(seed), struct.pack(">Q", step), hashlib.sha1).digest()
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return "%06d" % (number % 1000000)


frank = user("frank", allow("sqs:ListQueues", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}))
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
seed, serial = device["Base32StringSeed"], device["SerialNumber"]
assert device["QRCodePNG"].startswith(b"\x89PNG")
step = int(time.time()) // 30
enable = {"UserName": "frank", "SerialNumber": serial, "AuthenticationCode1": code(seed, step)}
assert refused(iam.enable_mfa_device, AuthenticationCode2=code(seed, step), **enable)[0] == "InvalidAuthenticationCode"
iam.enable_mfa_device(AuthenticationCode2=code(seed, step + 1), **enable)
assert refused(client("sqs", frank).list_queues)[0] == "AccessDenied"
franks = client("sts", frank)
plain = franks.get_session_token()["Credentials"]
assert refused(client("sqs", plain).list_queues)[0] == "AccessDenied"
wrong = "%06d" % ((int(code(seed)) + 1) % 1000000)
assert refused(franks.get_session_token, SerialNumber=serial, TokenCode=wrong) == (
    "AccessDenied",
    "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
)
proved = franks.get_session_token(SerialNumber=serial, TokenCode=code(seed))["Credentials"]
assert refused(client("sqs", proved).list_queues)[0] == "answered"

# A grant that is revoked shuts a queue and a bucket to its grantee, and a key that is disabled to everybody.
kms = client("kms")
key = kms.create_key()["KeyMetadata"]["Arn"]
queue = client("sqs").create_queue(QueueName="sealed", Attributes={"KmsMasterKeyId": key})["QueueUrl"]
client("s3").create_bucket(Bucket=f"sealed-{account}")
grace = user("grace", allow(["sqs:*", "s3:*"]))
messages, objects = client("sqs", grace), client("s3", grace)
sealed = {"Bucket": f"sealed-{account}", "Key": "k", "ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
assert refused(messages.send_message, QueueUrl=queue, MessageBody="m")[0] == "KMS.AccessDeniedException"
assert refused(objects.put_object, **sealed)[0] == "AccessDenied"
grant = kms.create_grant(
    KeyId=key,
    GranteePrincipal=f"arn:aws:iam::{account}:user/grace",
    Operations=["GenerateDataKey", "Decrypt"],
)["GrantId"]
sent = messages.send_message(QueueUrl=queue, MessageBody="m")
received = messages.receive_message(QueueUrl=queue, VisibilityTimeout=0)["Messages"][0]
assert (received["Body"], received["MD5OfBody"]) == ("m", sent["MD5OfMessageBody"])
objects.put_object(Body=b"x", **sealed)
assert objects.get_object(Bucket=f"sealed-{account}", Key="k")["Body"].read() == b"x"
kms.revoke_grant(KeyId=key, GrantId=grant)
assert refused(messages.receive_message, QueueUrl=queue)[0] == "KMS.AccessDeniedException"
assert refused(objects.get_object, Bucket=f"sealed-{account}", Key="k")[0] == "AccessDenied"
assert client("sqs").receive_message(QueueUrl=queue, VisibilityTimeout=0)["Messages"][0]["Body"] == "m"
kms.disable_key(KeyId=key)
assert refused(client("sqs").send_message, QueueUrl=queue, MessageBody="m")[0] == "KMS.DisabledException"
assert refused(client("sqs").receive_message, QueueUrl=queue)[0] == "KMS.DisabledException"
assert refused(client("s3").get_object, Bucket=f"sealed-{account}", Key="k")[0] == "KMS.DisabledException"
kms.enable_key(KeyId=key)
secrets.create_secret(Name="sealed", SecretString="s", KmsKeyId=key)
assert secrets.get_secret_value(SecretId="sealed")["SecretString"] == "s"
kms.disable_key(KeyId=key)
assert refused(secrets.get_secret_value, SecretId="sealed")[0] == "DecryptionFailure"
assert refused(secrets.put_secret_value, SecretId="sealed", SecretString="t")[0] == "EncryptionFailure"
assert refused(client("s3").put_object, Body=b"x", **sealed)[0] == "KMS.DisabledException"

# An account vouches for its principals towards others, who read its keys.
issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
iam.put_user_policy(UserName="carl", PolicyName="own", PolicyDocument=policy(allow("sts:GetWebIdentityToken")))
token = client("sts", carl).get_web_identity_token(Audience=["https://example.com"], SigningAlgorithm="ES384")
assert token["WebIdentityToken"].count(".") == 2
request = urllib.request.Request(endpoint + "/.well-known/jwks.json", headers={"Host": issuer[len("https://") :]})
keys = json.load(urllib.request.urlopen(request))["keys"]
assert sorted(key["alg"] for key in keys) == ["ES384", "RS256"]
print("ok")
