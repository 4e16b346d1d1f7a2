"""S3 Control: batch jobs in the name of a role, access grants, Storage Lens: python3 boto3_control.py ENDPOINT ACCOUNT."""
import base64
import hmac
import json
import os
import socket
import struct
import sys
import time
import uuid
from urllib.request import Request, urlopen

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:]
os.environ["AWS_S3_DISABLE_EXPRESS_SESSION_AUTH"] = "true"  # boto3 would open a session of a bucket to create it.

# boto3 writes the account before the host; names under localhost are this machine, whatever its resolver knows.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more, **named: resolve(
    "localhost" if host.endswith(".localhost") else host, *more, **named
)


def client(service):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=account,
        aws_secret_access_key="secret",
        config=Config(retries={"max_attempts": 1}),
    )


def refused(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "answered"


s3, iam, control = client("s3"), client("iam"), client("s3control")
bucket, reports = f"batch-{account}", f"reports-{account}"
for name in bucket, reports:
    s3.create_bucket(Bucket=name)
for key in "a b", "c", "d/e":
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())


def role(name, actions, service="batchoperations.s3.amazonaws.com"):
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    arn = iam.create_role(
        RoleName=name, AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    )["Role"]["Arn"]
    may = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    iam.put_role_policy(
        RoleName=name, PolicyName="own", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may]})
    )
    return arn


def over(lines):
    etag = s3.put_object(Bucket=reports, Key="manifest.csv", Body=lines.encode())["ETag"]
    return {
        "Manifest": {
            "Spec": {"Format": "S3BatchOperations_CSV_20180820", "Fields": ["Bucket", "Key"]},
            "Location": {"ObjectArn": f"arn:aws:s3:::{reports}/manifest.csv", "ETag": etag},
        }
    }


REPORT = {
    "Enabled": True,
    "Bucket": f"arn:aws:s3:::{reports}",
    "Prefix": "done",
    "Format": "Report_CSV_20180820",
    "ReportScope": "AllTasks",
}


def asked(**settings):
    usual = {"AccountId": account, "RoleArn": worker, "Priority": 10, "Report": REPORT, "ConfirmationRequired": False}
    return {**usual, "ClientRequestToken": str(uuid.uuid4()), **settings}


def ended(job, *statuses):
    for _ in range(200):
        found = control.describe_job(AccountId=account, JobId=job)["Job"]
        if found["Status"] in (statuses or ("Complete", "Failed", "Cancelled")):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def keys(name, prefix):
    return [found["Key"] for found in s3.list_objects_v2(Bucket=name, Prefix=prefix).get("Contents", [])]


# An empty object leaves the connection as it was: without a 100 for it the next upload would wait in vain.
for content in b"", b"x", b"", b"":
    s3.put_object(Bucket=bucket, Key="in turn", Body=content)
s3.delete_object(Bucket=bucket, Key="in turn")

# Each object of a manifest is tagged, and the report says which were not.
worker = role("worker", ["s3:*", "kms:*"])
untag = {"S3DeleteObjectTagging": {}}
job = control.create_job(**asked(
    **over(f"{bucket},a%20b\n{bucket},missing\n{bucket},d/e\n"),
    Operation={"S3PutObjectTagging": {"TagSet": [{"Key": "done", "Value": "yes"}]}},
))["JobId"]
found = ended(job)
assert found["Status"] == "Complete", found
summary = found["ProgressSummary"]
assert (summary["TotalNumberOfTasks"], summary["NumberOfTasksSucceeded"], summary["NumberOfTasksFailed"]) == (3, 2, 1)
assert "TerminationDate" in found and found["JobArn"].endswith(":job/" + job)
assert s3.get_object_tagging(Bucket=bucket, Key="a b")["TagSet"] == [{"Key": "done", "Value": "yes"}]
assert s3.get_object_tagging(Bucket=bucket, Key="c")["TagSet"] == []
manifest = json.loads(s3.get_object(Bucket=reports, Key=f"done/job-{job}/manifest.json")["Body"].read())
lines = {
    result["TaskExecutionStatus"]: s3.get_object(Bucket=reports, Key=result["Key"])["Body"].read().decode()
    for result in manifest["Results"]
}
assert lines["succeeded"].splitlines()[0] == f"{bucket},a+b,,succeeded,200,,Successful", lines
assert lines["failed"] == f"{bucket},missing,,failed,404,NoSuchKey,The specified key does not exist.\n", lines

# A job that is to be confirmed waits, and finds its objects itself.
job = control.create_job(**asked(
    ConfirmationRequired=True,
    ManifestGenerator={"S3JobManifestGenerator": {
        "SourceBucket": f"arn:aws:s3:::{bucket}",
        "EnableManifestOutput": False,
        "Filter": {"KeyNameConstraint": {"MatchAnyPrefix": ["d/", "c"]}},
    }},
    Operation={"S3PutObjectCopy": {"TargetResource": f"arn:aws:s3:::{reports}", "TargetKeyPrefix": "copies"}},
))["JobId"]
assert "SuspendedDate" in ended(job, "Suspended")
assert keys(reports, "copies/") == []
assert refused(control.update_job_status, AccountId=account, JobId=job, RequestedJobStatus="Gone") != "answered"
control.update_job_priority(AccountId=account, JobId=job, Priority=99)
control.update_job_status(AccountId=account, JobId=job, RequestedJobStatus="Ready")
found = ended(job)
assert (found["Status"], found["Priority"]) == ("Complete", 99), found
assert keys(reports, "copies/") == ["copies/c", "copies/d/e"]
cancel = {"AccountId": account, "JobId": job, "RequestedJobStatus": "Cancelled"}
assert refused(control.update_job_status, **cancel) == "JobStatusException"
listed = control.list_jobs(AccountId=account, JobStatuses=["Complete"])["Jobs"]
assert job in [one["JobId"] for one in listed] and "S3PutObjectCopy" in [one["Operation"] for one in listed]
assert control.list_jobs(AccountId=account, JobStatuses=["Failed"])["Jobs"] == []

# Every other task: the access control list, holds and retention, restores, encryption, checksums, replication.
kept, archive = f"kept-{account}", f"archive-{account}"
s3.create_bucket(Bucket=kept, ObjectLockEnabledForBucket=True, ObjectOwnership="ObjectWriter")
s3.create_bucket(Bucket=archive)
for name in kept, archive:
    s3.delete_public_access_block(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
version = s3.put_object(Bucket=kept, Key="k", Body=b"first")["VersionId"]
s3.put_object(Bucket=kept, Key="k", Body=b"second")


def through(operation, name, key, **settings):
    manifest = settings or over(f"{name},{key}\n")
    found = ended(control.create_job(**asked(**manifest, Operation=operation))["JobId"])
    assert found["Status"] == "Complete", found
    prefix = f"done/job-{found['JobId']}/results/"
    lines = [s3.get_object(Bucket=reports, Key=one)["Body"].read().decode() for one in keys(reports, prefix)]
    return found["ProgressSummary"]["NumberOfTasksSucceeded"], "".join(lines)


def one(operation, name, key, **settings):
    done, report = through(operation, name, key, **settings)
    assert done == 1, report
    return report


# Into a directory bucket an object goes if S3 Express lets the role in.
folder = "batch--use1-az4--x-s3"
zone = {
    "Location": {"Type": "AvailabilityZone", "Name": "use1-az4"},
    "Bucket": {"Type": "Directory", "DataRedundancy": "SingleAvailabilityZone"},
}
s3.create_bucket(Bucket=folder, CreateBucketConfiguration=zone)
into = {"S3PutObjectCopy": {"TargetResource": f"arn:aws:s3express:us-east-1:{account}:bucket/{folder}"}}
done, report = through(into, bucket, "c")
assert done == 0 and "AccessDenied" in report, report
may = {"Effect": "Allow", "Action": "s3express:CreateSession", "Resource": "*"}
said = json.dumps({"Version": "2012-10-17", "Statement": [may]})
iam.put_role_policy(RoleName="worker", PolicyName="express", PolicyDocument=said)
one(into, bucket, "c")
assert s3.get_object(Bucket=folder, Key="c")["Body"].read() == b"c"

one({"S3PutObjectAcl": {"AccessControlPolicy": {"CannedAccessControlList": "public-read"}}}, kept, "k")
grants = s3.get_object_acl(Bucket=kept, Key="k")["Grants"]
assert [g["Permission"] for g in grants if g["Grantee"]["Type"] == "Group"] == ["READ"], grants
until = "2099-01-01T00:00:00Z"
held = over("")
held["Manifest"]["Spec"]["Fields"] = ["Bucket", "Key", "VersionId"]
held["Manifest"]["Location"]["ETag"] = s3.put_object(
    Bucket=reports, Key="manifest.csv", Body=f"{kept},k,{version}\n".encode()
)["ETag"]
report = one({"S3PutObjectLegalHold": {"LegalHold": {"Status": "ON"}}}, kept, "k", **held)
assert f"{kept},k,{version},succeeded,200,," in report, report
first = {"Bucket": kept, "Key": "k", "VersionId": version}
assert s3.get_object_legal_hold(**first)["LegalHold"]["Status"] == "ON"
done, report = through({"S3PutObjectLegalHold": {"LegalHold": {"Status": "ON"}}}, bucket, "c")
assert done == 0 and "failed,400,InvalidRequest" in report, report
one({"S3PutObjectRetention": {"Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": until}}}, kept, "k")
retention = s3.get_object_retention(Bucket=kept, Key="k")["Retention"]
assert retention["Mode"] == "GOVERNANCE" and retention["RetainUntilDate"].year == 2099, retention

s3.put_object(Bucket=archive, Key="cold", Body=b"cold", StorageClass="GLACIER")
assert refused(s3.get_object, Bucket=archive, Key="cold") == "InvalidObjectState"
one({"S3InitiateRestoreObject": {"ExpirationInDays": 2, "GlacierJobTier": "STANDARD"}}, archive, "cold")
assert "expiry-date" in s3.head_object(Bucket=archive, Key="cold")["Restore"]
done, report = through({"S3InitiateRestoreObject": {"ExpirationInDays": 2, "GlacierJobTier": "BULK"}}, bucket, "c")
assert done == 0 and "InvalidObjectState" in report, report

s3.put_object(Bucket=archive, Key="plain", Body=b"123456789")
report = one({"S3ComputeObjectChecksum": {"ChecksumAlgorithm": "CRC32", "ChecksumType": "FULL_OBJECT"}}, archive, "plain")
assert "y/Q5Jg==" in report and "cbf43926" in report, report
sealed = client("kms").create_key()["KeyMetadata"]["Arn"]
one({"S3UpdateObjectEncryption": {"ObjectEncryption": {"SSEKMS": {"KMSKeyArn": sealed}}}}, archive, "plain")
assert s3.head_object(Bucket=archive, Key="plain")["SSEKMSKeyId"] == sealed
assert s3.get_object(Bucket=archive, Key="plain")["Body"].read() == b"123456789"

mirror = f"mirror-{account}"
s3.create_bucket(Bucket=mirror)
s3.put_bucket_versioning(Bucket=mirror, VersioningConfiguration={"Status": "Enabled"})
rule = {
    "Status": "Enabled", "Priority": 1, "Filter": {"Prefix": "pl"},
    "DeleteMarkerReplication": {"Status": "Disabled"},
    "SourceSelectionCriteria": {"SseKmsEncryptedObjects": {"Status": "Enabled"}},
    "Destination": {"Bucket": f"arn:aws:s3:::{mirror}", "EncryptionConfiguration": {"ReplicaKmsKeyID": sealed}},
}
mover = role("mover", "*", "s3.amazonaws.com")
s3.put_bucket_replication(Bucket=archive, ReplicationConfiguration={"Role": mover, "Rules": [rule]})
assert keys(mirror, "") == []
one({"S3ReplicateObject": {}}, archive, "plain")
for _ in range(100):
    if keys(mirror, "") == ["plain"]:
        break
    time.sleep(0.05)
assert s3.head_object(Bucket=mirror, Key="plain")["ReplicationStatus"] == "REPLICA"
done, report = through({"S3ReplicateObject": {}}, archive, "cold")
assert done == 0 and "InvalidRequest" in report, report

# What a role may not do, its jobs may not.
strong, worker = worker, role("weak", "s3:PutObjectTagging")
found = ended(control.create_job(**asked(**over(f"{bucket},c\n"), Operation=untag))["JobId"])
assert (found["Status"], found["FailureReasons"][0]["FailureCode"]) == ("Failed", "ManifestReadAccessDenied"), found
worker = strong

# A client's token makes one job; jobs have tags.
one = asked(**over(f"{bucket},c\n"), Operation=untag, Tags=[{"Key": "k", "Value": "v"}])
job = control.create_job(**one)["JobId"]
assert control.create_job(**one)["JobId"] == job
assert refused(control.create_job, **{**one, "Priority": 11}) == "IdempotencyException"
assert control.get_job_tagging(AccountId=account, JobId=job)["Tags"] == [{"Key": "k", "Value": "v"}]
control.delete_job_tagging(AccountId=account, JobId=job)
assert control.get_job_tagging(AccountId=account, JobId=job).get("Tags", []) == []
assert refused(control.describe_job, AccountId=account, JobId="no-such-job") == "NotFoundException"
ended(job)

# A job of nothing, or of two things, is refused.
assert refused(control.create_job, **asked(Operation=untag)) == "InvalidRequest"
assert refused(control.create_job, **asked(**over(""), Operation={})) == "InvalidRequest"
assert refused(control.create_job, **asked(**over(""), Operation=untag, Report={"Enabled": True})) == "InvalidRequest"
invoke = {"LambdaInvoke": {"FunctionArn": f"arn:aws:lambda:us-east-1:{account}:function:f"}}
iam.put_role_policy(RoleName="worker", PolicyName="invoke", PolicyDocument=json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "*"}]}
))
done, report = through(invoke, bucket, "c")
assert done == 0 and "failed,404,ResourceNotFoundException,Function not found: arn:aws:lambda:" in report, report

# Access Grants: an instance, locations in it, grants of these.
me = {"AccountId": account}
assert refused(control.get_access_grants_instance, **me) == "AccessGrantsInstanceNotExistsError"
instance = control.create_access_grants_instance(**me)
assert instance["AccessGrantsInstanceArn"].endswith(":access-grants/default")
assert refused(control.create_access_grants_instance, **me) == "AccessGrantsInstanceAlreadyExists"
place = {"LocationScope": f"s3://{bucket}/d/*", "IAMRoleArn": strong}
location = control.create_access_grants_location(**me, **place)["AccessGrantsLocationId"]
assert refused(control.create_access_grants_location, **me, **place) == "AccessGrantsLocationAlreadyExistsError"
nowhere = {"LocationScope": "s3://no-such-bucket-anywhere/", "IAMRoleArn": strong}
assert refused(control.create_access_grants_location, **me, **nowhere) == "InvalidAccessGrantsLocation"
grant = control.create_access_grant(
    **me,
    AccessGrantsLocationId=location,
    AccessGrantsLocationConfiguration={"S3SubPrefix": "x/*"},
    Grantee={"GranteeType": "IAM", "GranteeIdentifier": strong},
    Permission="READ",
)
assert grant["GrantScope"] == f"s3://{bucket}/d/x/*", grant
assert [g["AccessGrantId"] for g in control.list_access_grants(**me, Permission="READ")["AccessGrantsList"]] == [
    grant["AccessGrantId"]
]
assert control.list_access_grants(**me, Permission="WRITE").get("AccessGrantsList", []) == []
busy = {**me, "AccessGrantsLocationId": location}
assert refused(control.delete_access_grants_location, **busy) == "AccessGrantsLocationNotEmptyError"
control.delete_access_grant(**me, AccessGrantId=grant["AccessGrantId"])
assert refused(control.get_access_grant, **me, AccessGrantId=grant["AccessGrantId"]) == "NoSuchAccessGrantError"
assert refused(control.delete_access_grants_instance, **me) == "AccessGrantsInstanceNotEmptyError"
control.delete_access_grants_location(**busy)
control.delete_access_grants_instance(**me)

# Storage Lens: dashboards and groups.
lens = {"Id": "mine", "IsEnabled": True, "AccountLevel": {"BucketLevel": {}}}
assert refused(control.get_storage_lens_configuration, **me, ConfigId="mine") == "NoSuchConfiguration"
control.put_storage_lens_configuration(
    **me, ConfigId="mine", StorageLensConfiguration=lens, Tags=[{"Key": "k", "Value": "v"}]
)
got = control.get_storage_lens_configuration(**me, ConfigId="mine")["StorageLensConfiguration"]
assert got["IsEnabled"] and got["StorageLensArn"].endswith(":storage-lens/mine"), got
assert [one["Id"] for one in control.list_storage_lens_configurations(**me)["StorageLensConfigurationList"]] == ["mine"]
assert control.get_storage_lens_configuration_tagging(**me, ConfigId="mine")["Tags"] == [{"Key": "k", "Value": "v"}]
control.delete_storage_lens_configuration(**me, ConfigId="mine")
group = {"Name": "logs", "Filter": {"MatchAnyPrefix": ["logs/"]}}
control.create_storage_lens_group(**me, StorageLensGroup=group)
assert control.get_storage_lens_group(**me, Name="logs")["StorageLensGroup"]["Filter"] == group["Filter"]
both = {"Name": "logs", "Filter": {"MatchAnyPrefix": ["logs/"], "MatchAnySuffix": [".log"]}}
assert refused(control.update_storage_lens_group, **me, Name="logs", StorageLensGroup=both) == "MalformedXML"
assert [one["Name"] for one in control.list_storage_lens_groups(**me)["StorageLensGroupList"]] == ["logs"]
control.delete_storage_lens_group(**me, Name="logs")
assert refused(control.get_storage_lens_group, **me, Name="logs") == "NoSuchResource"

# Versions of a bucket with MFA delete go with a code of the root's device, each of which is good once.
device = json.loads(urlopen(Request(
    endpoint + "/_cloudjar/mfa", json.dumps({"account": account, "kind": "root"}).encode(), method="POST"
)).read())


def code(steps):
    key, counter = base64.b32decode(device["seed"]), int(time.time()) // 30 + steps
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    number = struct.unpack_from(">I", digest, digest[-1] & 15)[0] & 0x7FFFFFFF
    return f"{device['serial']} {number % 1_000_000:06}"


guarded = f"guarded-{account}"
s3.create_bucket(Bucket=guarded)
strict = {"Bucket": guarded, "VersioningConfiguration": {"Status": "Enabled", "MFADelete": "Enabled"}}
assert refused(s3.put_bucket_versioning, **strict) == "AccessDenied"
s3.put_bucket_versioning(**strict, MFA=code(-1))
assert s3.get_bucket_versioning(Bucket=guarded)["MFADelete"] == "Enabled"
last = {"Bucket": guarded, "Key": "k", "VersionId": s3.put_object(Bucket=guarded, Key="k", Body=b"")["VersionId"]}
assert refused(s3.delete_object, **last) == "AccessDenied"
assert refused(s3.delete_object, **last, MFA=device["serial"] + " 000000") == "AccessDenied"
s3.delete_object(Bucket=guarded, Key="k")
s3.delete_object(**last, MFA=code(0))
assert refused(s3.head_object, **last) == "404"
strict["VersioningConfiguration"]["MFADelete"] = "Disabled"
assert refused(s3.put_bucket_versioning, **strict) == "AccessDenied"
s3.put_bucket_versioning(**strict, MFA=code(1))

# Old clients have operations of their own for what newer ones do under the same address.
s3.put_bucket_lifecycle(Bucket=bucket, LifecycleConfiguration={"Rules": [
    {"ID": "old", "Prefix": "logs/", "Status": "Enabled", "Expiration": {"Days": 7},
     "Transition": {"Days": 3, "StorageClass": "GLACIER"}},
]})
assert s3.get_bucket_lifecycle(Bucket=bucket)["Rules"][0] == {
    "ID": "old", "Prefix": "logs/", "Status": "Enabled", "Expiration": {"Days": 7},
    "Transition": {"Days": 3, "StorageClass": "GLACIER"},
}
assert s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"][0]["Transitions"][0]["Days"] == 3
sqs = client("sqs")
hearing = {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": "*"}
queue = sqs.create_queue(QueueName="old", Attributes={"Policy": json.dumps({"Statement": [hearing]})})["QueueUrl"]
told = {"Id": "old", "Queue": f"arn:aws:sqs:us-east-1:{account}:old", "Events": ["s3:ObjectCreated:*"]}
s3.put_bucket_notification(Bucket=bucket, NotificationConfiguration={"QueueConfiguration": told})
found = s3.get_bucket_notification(Bucket=bucket)["QueueConfiguration"]
assert (found["Id"], found["Queue"], found["Events"]) == (told["Id"], told["Queue"], told["Events"]), found
newer = s3.get_bucket_notification_configuration(Bucket=bucket)["QueueConfigurations"]
assert newer[0]["QueueArn"] == told["Queue"], newer
print("ok")
