"""What S3 refuses and what it tells beside, request by request: python3 boto3_storage.py ENDPOINT ACCOUNT."""
import base64
import hashlib
import http.client
import re
import sys
from urllib.parse import urlsplit

import boto3
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.session import get_session

endpoint, account = sys.argv[1:]
s3 = boto3.client(
    "s3",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id=account,
    aws_secret_access_key="secret",
    config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}),
)
bucket, lock, listed = (f"{kind}-{account}" for kind in ("plain", "lock", "listed"))
failed = []


def md5(body):
    return base64.b64encode(hashlib.md5(body).digest()).decode()


def send(method, path, body=b"", headers=()):
    body = body.encode() if isinstance(body, str) else body
    request = AWSRequest(method=method, url=endpoint + path, data=body, headers=dict(headers))
    S3SigV4Auth(Credentials(account, "secret"), "s3", "us-east-1").add_auth(request)
    connection = http.client.HTTPConnection(urlsplit(endpoint).netloc)
    connection.request(method, path, body=body, headers=dict(request.prepare().headers.items()))
    answer = connection.getresponse()
    told = {name.lower(): value for name, value in answer.getheaders()}
    return answer.status, told, answer.read().decode()


def refused(code, words, method, path, body=b"", **headers):
    """Refused with a code and words of its document: `headers` have underscores for hyphens."""
    status, _, text = send(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    text = text.replace("&gt;", ">")
    if f"<Code>{code}</Code>" not in text or words not in text:
        failed.append((method, path, headers, status, text[:400], "wanted", code, words))


def told(method, path, body=b"", headers=(), text=(), **wanted):
    """Answered, and the headers are as `wanted`: True where any will do, None where there must be none."""
    status, found, document = send(method, path, body, headers)
    for name, value in wanted.items():
        there = found.get(name.replace("_", "-"))
        if there != value and not (value is True and there):
            failed.append((method, path, status, name, there, "wanted", value))
    failed.extend((method, path, status, part, document[:600]) for part in text if part not in document)
    return found, document


s3.create_bucket(Bucket=bucket)
s3.create_bucket(Bucket=lock, ObjectLockEnabledForBucket=True)
s3.create_bucket(Bucket=listed, ObjectOwnership="ObjectWriter")
for each in (bucket, lock, listed):
    s3.put_object(Bucket=each, Key="key", Body=b"0123456789")
upload = s3.create_multipart_upload(Bucket=bucket, Key="parts")["UploadId"]
parts = f"/{bucket}/parts?uploadId={upload}"

# Every document: well-formed, with the root of its operation, and with nothing else in it.
model = get_session().get_service_model("s3")
documents = 0
for name in model.operation_names:
    operation = model.operation_model(name)
    shape = operation.input_shape
    payload = shape.members.get(shape.serialization.get("payload")) if shape else None
    if payload is None or payload.type_name != "structure":
        continue
    documents += 1
    root = payload.serialization.get("name", payload.name)
    uri = operation.http["requestUri"].replace("{Bucket}", bucket).replace("{Key+}", "parts")
    if name == "CreateBucket":
        uri = f"/new-{account}"
    for member in shape.required_members:
        bound = shape.members[member].serialization
        if bound.get("location") == "querystring":
            value = upload if member == "UploadId" else "1"
            uri += ("&" if "?" in uri else "?") + bound["name"] + "=" + value
    code = "MalformedACLError" if root == "AccessControlPolicy" else "MalformedXML"
    for body in (f"<{root}", "<Other/>", f"<{root}><Other/></{root}>"):
        refused(
            code,
            "<Message>The XML you provided was not well-formed or did not validate against our published schema<",
            operation.http["method"],
            uri,
            body,
            Content_MD5=md5(body.encode()),
        )
assert documents > 30, documents
tag = "<Tag><Key>a</Key><Value>b</Value></Tag>"
for body in ("{}", "{}{}"):
    body = "<Tagging><TagSet>" + body.replace("{}", tag) + "</TagSet></Tagging>"
    sent = send("PUT", f"/{bucket}?tagging", body, {"Content-MD5": md5(body.encode())})
    assert ("InvalidTag" in sent[2]) == (body.count("<Tag>") == 2), sent

# Copies.
source = f"{bucket}/key"
told("PUT", f"/{bucket}/copy", headers={"x-amz-copy-source": source}, text=("<ETag>", "<ChecksumType>FULL_OBJECT<"))
refused("InvalidRequest", "The request included a body.", "PUT", f"/{bucket}/copy", b"x", x_amz_copy_source=source)
told("PUT", parts + "&partNumber=1", headers={"x-amz-copy-source": source}, text=("<ETag>",))
refused("InvalidArgument", "Invalid copy source bucket name", "PUT", parts + "&partNumber=1", x_amz_copy_source="")
refused("InvalidArgument", "Invalid copy source object key", "PUT", parts + "&partNumber=1", x_amz_copy_source=bucket)

# Parts.
part = "<CompleteMultipartUpload><Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part></CompleteMultipartUpload>"
refused("InvalidArgument", "PartNumber must be >= 1", "POST", parts, part.format(0, "x"))
refused("InvalidPart", f"<UploadId>{upload}</UploadId><PartNumber>2</PartNumber><ETag>x</ETag>", "POST", parts,
        part.format(2, "x"))
refused("InvalidRequest", "Value for x-amz-mp-object-size header is invalid: 'ten'", "POST", parts, part.format(1, "x"),
        x_amz_mp_object_size="ten")
told("GET", parts + "&part-number-marker=0", text=("<PartNumber>1<", "<NextPartNumberMarker>1<", "<Initiator><ID>"))
refused("InvalidArgument", "Argument part-number-marker must be an integer between 0 and 2147483647", "GET",
        parts + "&part-number-marker=-1")

# Locks.
refused("InvalidRequest", "Bucket is missing Object Lock Configuration", "GET", f"/{bucket}/key?retention")
told("PUT", f"/{lock}/held", b"x", {"x-amz-object-lock-legal-hold": "OFF", "Content-MD5": md5(b"x")}, etag=True)
refused("InvalidRequest", "Bucket is missing ObjectLockConfiguration", "PUT", f"/{bucket}/held", b"x",
        x_amz_object_lock_legal_hold="OFF", Content_MD5=md5(b"x"))
told("PUT", f"/{lock}/key?retention", b"<Retention/>", {"Content-MD5": md5(b"<Retention/>")}, content_length="0")
refused("MalformedXML", "", "PUT", f"/{lock}/key?retention", Content_MD5=md5(b""))

# Who may do what.
refused("InvalidArgument", "<Message>Invalid id</Message><ArgumentName>id</ArgumentName><ArgumentValue>01<", "PUT",
        f"/{listed}/key?acl", x_amz_grant_read="id=01")
refused("InvalidArgument", "<Message>Invalid group uri</Message><ArgumentName>uri</ArgumentName>", "PUT",
        f"/{listed}/key?acl", x_amz_grant_read="uri=http://group")
told("PUT", f"/{listed}/key?acl", headers={"x-amz-grant-read": 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"'},
     content_length="0")

# Tags in a header.
for header in ("key", "&", "key=", "&&", "123", "a&b", "a=b&c"):
    told("PUT", f"/{bucket}/tagged", b"x", {"x-amz-tagging": header}, etag=True)
told("HEAD", f"/{bucket}/tagged", x_amz_tagging_count="2")
for header in ("=", "a=b&a=c"):
    refused("InvalidArgument", "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters"
            " without tag name duplicates.", "PUT", f"/{bucket}/tagged", b"x", x_amz_tagging=header)

# Attributes, deletions, overrides, expiration.
told("GET", f"/{bucket}/key?attributes", headers={"x-amz-object-attributes": "ObjectSize"}, text=("<ObjectSize>10<",))
refused("InvalidRequest", "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing"
        " or empty", "GET", f"/{bucket}/key?attributes")
gone = b"<Delete><Object><Key>none</Key><VersionId>abc</VersionId></Object></Delete>"
told("POST", f"/{lock}?delete", gone, {"Content-MD5": md5(gone)}, text=(
    "<Key>none</Key><VersionId>abc</VersionId><Code>NoSuchVersion</Code>"
    "<Message>The specified version does not exist.</Message>",))
told("GET", f"/{bucket}/key?response-expires=0&response-content-type=text/a", expires="0", content_type="text/a")
s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": [
    {"ID": "a b", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 10}}]})
expiration = told("HEAD", f"/{bucket}/key")[0]["x-amz-expiration"]
assert re.fullmatch('expiry-date="[^"]*", rule-id="a%20b"', expiration), expiration

# What an answer tells beside.
told("PUT", f"/{bucket}/new", b"x", etag='"9dd4e461268c8034f5c8564e155c67a6"', x_amz_server_side_encryption="AES256",
     x_amz_checksum_crc64nvme=True, x_amz_checksum_type="FULL_OBJECT", x_amz_version_id=None, x_amz_expiration=True)
told("GET", f"/{bucket}/new", server="AmazonS3", accept_ranges="bytes", last_modified=True, x_amz_storage_class=None,
     x_amz_checksum_crc64nvme=None, x_amz_tagging_count=None, content_type="binary/octet-stream")
told("GET", f"/{bucket}/new", headers={"x-amz-checksum-mode": "ENABLED"}, x_amz_checksum_crc64nvme=True)
told("HEAD", f"/{bucket}/key?partNumber=1", content_range="bytes 0-9/10", x_amz_mp_parts_count=None)
made = told("PUT", f"/{lock}/versioned", b"x", x_amz_version_id=True)[0]["x-amz-version-id"]
marker = told("DELETE", f"/{lock}/versioned", x_amz_delete_marker="true", x_amz_version_id=True)[0]["x-amz-version-id"]
told("GET", f"/{lock}/versioned", x_amz_delete_marker="true", x_amz_version_id=marker)
told("GET", f"/{lock}/versioned?versionId={marker}", x_amz_delete_marker="true", allow="DELETE")
told("DELETE", f"/{lock}/versioned?versionId={marker}", x_amz_delete_marker="true", x_amz_version_id=marker)
told("DELETE", f"/{lock}/versioned?versionId={made}", x_amz_delete_marker=None, x_amz_version_id=made)
told("GET", f"/{bucket}?list-type=2&max-keys=1&start-after=a", text=(
    "<KeyCount>1<", "<Prefix></Prefix>", "<StartAfter>a<", "<NextContinuationToken>", "<ChecksumType>FULL_OBJECT<"))
told("GET", f"/{lock}?versions", text=(
    "<KeyMarker></KeyMarker>", "<VersionIdMarker></VersionIdMarker>", "<IsLatest>true<", "<Owner><ID>"))

for failure in failed:
    print(*failure)
print("ok" if not failed else f"{len(failed)} failed")
