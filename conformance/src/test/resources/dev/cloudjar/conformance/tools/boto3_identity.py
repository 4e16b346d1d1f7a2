"""KMS, Secrets Manager, Organizations and Account through boto3: python3 boto3_identity.py ENDPOINT ACCOUNT."""
import sys

import boto3
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:]


def client(service, key=account):
    session = boto3.session.Session(aws_access_key_id=key, aws_secret_access_key="secret", region_name="us-east-1")
    return session.client(service, endpoint_url=endpoint)


def code(call, **arguments):
    try:
        call(**arguments)
    except ClientError as refused:
        return refused.response["Error"]["Code"]
    return "answered"


kms = client("kms")
key = kms.create_key(Description="boto")["KeyMetadata"]["KeyId"]
kms.create_alias(AliasName="alias/boto", TargetKeyId=key)
sealed = kms.encrypt(KeyId="alias/boto", Plaintext=b"secret", EncryptionContext={"a": "b"})["CiphertextBlob"]
assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"a": "b"})["Plaintext"] == b"secret"
assert code(kms.decrypt, CiphertextBlob=sealed) == "InvalidCiphertextException"
kms.rotate_key_on_demand(KeyId=key)
assert kms.decrypt(CiphertextBlob=sealed, EncryptionContext={"a": "b"})["Plaintext"] == b"secret"
assert [page["Aliases"] for page in kms.get_paginator("list_aliases").paginate(KeyId=key)][0][0]["TargetKeyId"] == key
mac = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["KeyId"]
made = kms.generate_mac(KeyId=mac, Message=b"m", MacAlgorithm="HMAC_SHA_256")["Mac"]
assert kms.verify_mac(KeyId=mac, Message=b"m", MacAlgorithm="HMAC_SHA_256", Mac=made)["MacValid"]
assert code(kms.verify_mac, KeyId=mac, Message=b"n", MacAlgorithm="HMAC_SHA_256", Mac=made) == "KMSInvalidMacException"

secrets = client("secretsmanager")
secrets.create_secret(Name="boto", SecretString="one", KmsKeyId=key)
secrets.put_secret_value(SecretId="boto", SecretString="two")
assert secrets.get_secret_value(SecretId="boto")["SecretString"] == "two"
assert secrets.get_secret_value(SecretId="boto", VersionStage="AWSPREVIOUS")["SecretString"] == "one"
kms.disable_key(KeyId=key)
assert code(secrets.get_secret_value, SecretId="boto") == "DecryptionFailure"

organizations = client("organizations")
organization = organizations.create_organization()["Organization"]
root = organizations.list_roots()["Roots"][0]["Id"]
status = organizations.create_account(Email=f"boto-{account}@example.org", AccountName="boto")["CreateAccountStatus"]
member = organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])["CreateAccountStatus"]["AccountId"]
unit = organizations.create_organizational_unit(ParentId=root, Name="unit")["OrganizationalUnit"]["Id"]
organizations.move_account(AccountId=member, SourceParentId=root, DestinationParentId=unit)
organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
deny = organizations.create_policy(
    Name="deny",
    Description="",
    Type="SERVICE_CONTROL_POLICY",
    Content='{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:CreateKey","Resource":"*"}]}',
)["Policy"]["PolicySummary"]["Id"]
inside = client("kms", member)
assert code(inside.create_key) == "answered"
organizations.attach_policy(PolicyId=deny, TargetId=unit)
assert code(inside.create_key) == "AccessDeniedException"
assert code(kms.create_key) == "answered"
organizations.detach_policy(PolicyId=deny, TargetId=unit)
assert code(inside.create_key) == "answered"
assert client("organizations", member).describe_organization()["Organization"]["Id"] == organization["Id"]

contacts = client("account")
contacts.enable_region(RegionName="eu-south-2")
assert contacts.get_region_opt_status(RegionName="eu-south-2")["RegionOptStatus"] == "ENABLED"
contacts.put_alternate_contact(
    AccountId=member,
    AlternateContactType="SECURITY",
    Name="Ada",
    Title="Guard",
    EmailAddress="ada@example.com",
    PhoneNumber="1",
)
assert client("account", member).get_alternate_contact(AlternateContactType="SECURITY")["AlternateContact"]["Name"] == "Ada"
print("ok")
