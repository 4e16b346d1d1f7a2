"""What the commonest operations of IAM, STS, KMS and Secrets Manager refuse, each one edit away from a call that
succeeds: python3 boto3_refusals.py ENDPOINT ACCOUNT."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, account = sys.argv[1:]
GONE = object()


def client(service, access=account, secret="secret", token=None):
    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"max_attempts": 1}, parameter_validation=False),
    )


iam, sts, kms, secrets = (client(name) for name in ("iam", "sts", "kms", "secretsmanager"))
failed = []


def check(call, good, *rows):
    """Each row: an edit of `good`, and the code and the words with which that is refused. Then `good` succeeds."""
    for edit, code, words in rows:
        arguments = {name: value for name, value in {**good, **edit}.items() if value is not GONE}
        try:
            call(**arguments)
            failed.append((call.__name__, edit, "answered"))
        except ClientError as error:
            found = error.response["Error"]
            if found["Code"] != code or words not in found.get("Message", ""):
                failed.append((call.__name__, edit, found["Code"], found.get("Message")))
    try:
        return call(**good)
    except ClientError as error:
        failed.append((call.__name__, good, str(error)))
        return {}


def policy(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


ALLOW = policy({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})
TRUST = policy(
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": ["sts:AssumeRole"]}
)
SPELLING = "is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
PATH = "The specified value for path is invalid. It must begin and end with /"
LONG = "failed to satisfy constraint: Member must have length less than or equal to "
SHORT = "failed to satisfy constraint: Member must have length greater than or equal to "
NULL = "failed to satisfy constraint: Member must not be null"
own = lambda kind, name: f"arn:aws:iam::{account}:{kind}/{name}"
nobody = lambda kind: f"The {kind} with name nobody cannot be found."
tags = lambda *keys: [{"Key": key, "Value": "v"} for key in keys]
TAGS = [
    ({"Tags": tags("aws:a")}, "InvalidInput", "Tag keys can not start with 'aws:'. Please use a different tag key."),
    ({"Tags": tags("a", "A")}, "InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    ({"Tags": tags("")}, "ValidationError", SHORT + "1"),
    ({"Tags": tags(*(f"k{i}" for i in range(51)))}, "ValidationError", LONG + "50"),
]
# Case tells the tags of users and roles not apart, and those of everything else in IAM it does.
CASED_TAGS = [({"Tags": tags("a", "a")}, *TAGS[1][1:])] + [each for each in TAGS if each is not TAGS[1]]

# Users.
check(
    iam.create_user,
    {"UserName": "ann"},
    ({"UserName": "a b"}, "ValidationError", "The specified value for userName " + SPELLING),
    ({"UserName": "a" * 65}, "ValidationError", "at 'userName' " + LONG + "64"),
    ({"UserName": GONE}, "ValidationError", "at 'userName' " + NULL),
    ({"Path": "people/"}, "ValidationError", PATH),
    ({"Path": "/people"}, "ValidationError", PATH),
    ({"PermissionsBoundary": own("policy", "none")}, "NoSuchEntity", "does not exist or is not attachable."),
    *TAGS,
)
check(
    iam.create_user,
    {"UserName": "bob"},
    ({"UserName": "ann"}, "EntityAlreadyExists", "User with name ann already exists."),
    ({"UserName": "ANN"}, "EntityAlreadyExists", "User with name ANN already exists."),
)
check(iam.get_user, {"UserName": "ann"}, ({"UserName": "nobody"}, "NoSuchEntity", nobody("user")))
check(
    iam.list_users,
    {"PathPrefix": "/"},
    ({"PathPrefix": "people"}, "ValidationError", "The specified value for pathPrefix is invalid. It must begin with the /"),
    ({"MaxItems": 0}, "ValidationError", "Member must have value greater than or equal to 1"),
    ({"MaxItems": 1001}, "ValidationError", "Member must have value less than or equal to 1000"),
    ({"Marker": "made-up"}, "ValidationError", "Invalid Marker."),
)
check(
    iam.update_user,
    {"UserName": "bob", "NewUserName": "Bob"},
    ({"NewUserName": "ann"}, "EntityAlreadyExists", "User with name ann already exists."),
    ({"NewUserName": "b/c"}, "ValidationError", "The specified value for newUserName " + SPELLING),
    ({"UserName": "nobody"}, "NoSuchEntity", nobody("user")),
)
check(iam.tag_user, {"UserName": "ann", "Tags": tags("team")}, *TAGS)
made = check(
    iam.create_access_key, {"UserName": "ann"}, ({"UserName": "nobody"}, "NoSuchEntity", nobody("user"))
)["AccessKey"]
check(iam.create_access_key, {"UserName": "ann"})
check(
    iam.create_access_key,
    {"UserName": "Bob"},
    ({"UserName": "ann"}, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"),
)
check(
    iam.update_access_key,
    {"UserName": "ann", "AccessKeyId": made["AccessKeyId"], "Status": "Inactive"},
    ({"Status": "Asleep"}, "ValidationError", "Member must satisfy enum value set"),
    ({"AccessKeyId": "AKIA" + "A" * 16}, "NoSuchEntity", "The Access Key with id AKIAAAAAAAAAAAAAAAAA cannot be found."),
    ({"UserName": "Bob"}, "NoSuchEntity", "cannot be found."),
)
check(
    iam.delete_access_key,
    {"UserName": "ann", "AccessKeyId": made["AccessKeyId"]},
    ({"AccessKeyId": "short"}, "ValidationError", "at 'accessKeyId' " + SHORT + "16"),
    ({"UserName": "nobody"}, "NoSuchEntity", nobody("user")),
)

# Policies.
check(
    iam.create_policy,
    {"PolicyName": "read", "PolicyDocument": ALLOW},
    ({"PolicyName": "a b"}, "ValidationError", "The specified value for policyName " + SPELLING),
    ({"PolicyDocument": "{"}, "MalformedPolicyDocument", ""),
    ({"PolicyDocument": policy()}, "MalformedPolicyDocument", ""),
    ({"PolicyDocument": ALLOW.replace("Allow", "allow")}, "MalformedPolicyDocument", ""),
    ({"PolicyDocument": ALLOW.replace("s3:GetObject", "GetObject")}, "MalformedPolicyDocument", "vendor"),
    ({"PolicyDocument": ALLOW.replace('"*"', '"bucket"')}, "MalformedPolicyDocument", "Resource"),
    ({"PolicyDocument": TRUST}, "MalformedPolicyDocument", ""),
    ({"PolicyDocument": policy({"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::" + "b" * 6200]})},
     "LimitExceeded", "Cannot exceed quota for PolicySize: 6144"),
)
read = own("policy", "read")
check(
    iam.create_policy,
    {"PolicyName": "write", "PolicyDocument": ALLOW},
    ({"PolicyName": "read"}, "EntityAlreadyExists", "A policy called read already exists. Duplicate names are not allowed."),
)
check(
    iam.get_policy,
    {"PolicyArn": read},
    ({"PolicyArn": "too-short"}, "ValidationError", "at 'policyArn' " + SHORT + "20"),
    ({"PolicyArn": own("user", "a-long-enough-name")}, "InvalidInput", "is not valid."),
    ({"PolicyArn": own("policy", "none")}, "NoSuchEntity", f"Policy {own('policy', 'none')} was not found."),
)
check(
    iam.create_policy_version,
    {"PolicyArn": read, "PolicyDocument": ALLOW, "SetAsDefault": True},
    ({"PolicyDocument": "[]"}, "MalformedPolicyDocument", ""),
    ({"PolicyArn": own("policy", "none")}, "NoSuchEntity", "was not found."),
)
check(
    iam.delete_policy_version,
    {"PolicyArn": read, "VersionId": "v1"},
    ({"VersionId": "v2"}, "DeleteConflict", "Cannot delete the default version of a policy."),
    ({"VersionId": "v9"}, "NoSuchEntity", "version v9 does not exist"),
    ({"VersionId": "first"}, "ValidationError", "Member must satisfy regular expression pattern"),
)
for version in range(4):
    check(iam.create_policy_version, {"PolicyArn": read, "PolicyDocument": ALLOW})
check(
    iam.create_policy_version,
    {"PolicyArn": own("policy", "write"), "PolicyDocument": ALLOW},
    ({"PolicyArn": read}, "LimitExceeded", "A managed policy can have up to 5 versions."),
)

check(
    iam.tag_policy,
    {"PolicyArn": read, "Tags": tags("team")},
    ({"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}, "AccessDenied", "is not modifiable."),
    *CASED_TAGS,
)

# Roles.
check(
    iam.create_role,
    {"RoleName": "work", "AssumeRolePolicyDocument": TRUST},
    ({"RoleName": "w/k"}, "ValidationError", "The specified value for roleName " + SPELLING),
    ({"RoleName": "w" * 65}, "ValidationError", "at 'roleName' " + LONG + "64"),
    ({"AssumeRolePolicyDocument": GONE}, "ValidationError", "at 'assumeRolePolicyDocument' " + NULL),
    ({"AssumeRolePolicyDocument": ALLOW}, "MalformedPolicyDocument", ""),
    ({"AssumeRolePolicyDocument": "{}"}, "MalformedPolicyDocument", ""),
    ({"AssumeRolePolicyDocument": TRUST.replace(":root", ":user/nobody")}, "MalformedPolicyDocument",
     f'Invalid principal in policy: "AWS":"{own("user", "nobody")}"'),
    ({"AssumeRolePolicyDocument": policy({"Effect": "Allow", "Principal": {"AWS": account}, "Action": "s3:GetObject"})},
     "MalformedPolicyDocument", "AssumeRole policy may only specify STS AssumeRole actions"),
    ({"AssumeRolePolicyDocument": policy({"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole",
                                          "Resource": "*"})},
     "MalformedPolicyDocument", "Has prohibited field Resource"),
    ({"MaxSessionDuration": 3599}, "ValidationError", "Member must have value greater than or equal to 3600"),
    ({"MaxSessionDuration": 43201}, "ValidationError", "Member must have value less than or equal to 43200"),
    ({"Description": "d" * 1001}, "ValidationError", LONG + "1000"),
    *TAGS,
)
check(
    iam.create_role,
    {"RoleName": "rest", "AssumeRolePolicyDocument": TRUST},
    ({"RoleName": "Work"}, "EntityAlreadyExists", "Role with name Work already exists."),
)
check(iam.get_role, {"RoleName": "work"}, ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")))
check(
    iam.update_assume_role_policy,
    {"RoleName": "work", "PolicyDocument": TRUST},
    ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")),
    ({"PolicyDocument": ALLOW}, "MalformedPolicyDocument", ""),
)
check(
    iam.update_role,
    {"RoleName": "work", "MaxSessionDuration": 7200},
    ({"MaxSessionDuration": 50000}, "ValidationError", "43200"),
    ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")),
)
check(
    iam.attach_role_policy,
    {"RoleName": "work", "PolicyArn": read},
    ({"PolicyArn": own("policy", "none")}, "NoSuchEntity", f"Policy {own('policy', 'none')} does not exist or is not attachable."),
    ({"PolicyArn": "arn:aws:s3:::some-bucket-name"}, "InvalidInput", "ARN arn:aws:s3:::some-bucket-name is not valid."),
    ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")),
)
check(
    iam.put_role_policy,
    {"RoleName": "work", "PolicyName": "own", "PolicyDocument": ALLOW},
    ({"PolicyDocument": TRUST}, "MalformedPolicyDocument", ""),
    ({"PolicyName": "a b"}, "ValidationError", "The specified value for policyName " + SPELLING),
    ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")),
    ({"PolicyDocument": policy({"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::" + "b" * 10300})},
     "LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role work"),
)
check(
    iam.get_role_policy,
    {"RoleName": "work", "PolicyName": "own"},
    ({"PolicyName": "other"}, "NoSuchEntity", "The role policy with name other cannot be found."),
)
check(
    iam.create_instance_profile,
    {"InstanceProfileName": "machines"},
    ({"InstanceProfileName": "a b"}, "ValidationError", "The specified value for instanceProfileName " + SPELLING),
    *CASED_TAGS,
)
check(
    iam.add_role_to_instance_profile,
    {"InstanceProfileName": "machines", "RoleName": "work"},
    ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")),
    ({"InstanceProfileName": "none"}, "NoSuchEntity", "Instance Profile none cannot be found."),
)
check(
    iam.create_instance_profile,
    {"InstanceProfileName": "others"},
    ({"InstanceProfileName": "machines"}, "EntityAlreadyExists", "Instance Profile machines already exists."),
)
check(
    iam.add_role_to_instance_profile,
    {"InstanceProfileName": "others", "RoleName": "rest"},
    ({"InstanceProfileName": "machines"}, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"),
)
conflict = lambda what: ("DeleteConflict", f"Cannot delete entity, must {what} first.")
check(
    iam.remove_role_from_instance_profile,
    {"InstanceProfileName": "others", "RoleName": "rest"},
    ({"InstanceProfileName": "none"}, "NoSuchEntity", "cannot be found."),
)
check(
    iam.delete_role,
    {"RoleName": "rest"},
    ({"RoleName": "work"}, *conflict("remove roles from instance profile")),
    ({"RoleName": "nobody"}, "NoSuchEntity", nobody("role")),
)
check(iam.delete_instance_profile, {"InstanceProfileName": "others"},
      ({"InstanceProfileName": "machines"}, *conflict("remove roles from instance profile")))
check(
    iam.delete_policy,
    {"PolicyArn": own("policy", "bare")} if iam.create_policy(PolicyName="bare", PolicyDocument=ALLOW) else {},
    ({"PolicyArn": read}, "DeleteConflict", "Cannot delete a policy attached to entities."),
    ({"PolicyArn": own("policy", "write")}, "DeleteConflict", "This policy has more than one version."),
)
iam.remove_role_from_instance_profile(InstanceProfileName="machines", RoleName="work")
iam.create_role(RoleName="bare", AssumeRolePolicyDocument=TRUST)
check(iam.delete_role, {"RoleName": "bare"}, ({"RoleName": "work"}, *conflict("detach all policies")))
check(
    iam.detach_role_policy,
    {"RoleName": "work", "PolicyArn": read},
    ({"PolicyArn": own("policy", "write")}, "NoSuchEntity", f"Policy {own('policy', 'write')} was not found."),
)
iam.create_role(RoleName="bare", AssumeRolePolicyDocument=TRUST)
check(iam.delete_role, {"RoleName": "bare"}, ({"RoleName": "work"}, *conflict("delete policies")))
check(
    iam.delete_user,
    {"UserName": "nobody-else"} if iam.create_user(UserName="nobody-else") else {},
    ({"UserName": "ann"}, *conflict("delete access keys")),
    ({"UserName": "nobody"}, "NoSuchEntity", nobody("user")),
)
check(
    iam.create_group,
    {"GroupName": "people"},
    ({"GroupName": "a b"}, "ValidationError", "The specified value for groupName " + SPELLING),
)
check(
    iam.add_user_to_group,
    {"GroupName": "people", "UserName": "ann"},
    ({"GroupName": "nobody"}, "NoSuchEntity", nobody("group")),
    ({"UserName": "nobody"}, "NoSuchEntity", nobody("user")),
)
iam.create_group(GroupName="empty")
check(iam.delete_group, {"GroupName": "empty"}, ({"GroupName": "people"}, *conflict("remove users from group")))

# Sessions, by a user who may assume everything.
iam.put_user_policy(UserName="Bob", PolicyName="own",
                    PolicyDocument=policy({"Effect": "Allow", "Action": "sts:*", "Resource": "*"}))
for key in iam.list_access_keys(UserName="Bob")["AccessKeyMetadata"]:
    iam.delete_access_key(UserName="Bob", AccessKeyId=key["AccessKeyId"])
key = iam.create_access_key(UserName="Bob")["AccessKey"]
sts = client("sts", key["AccessKeyId"], key["SecretAccessKey"])
serial = f"arn:aws:iam::{account}:mfa/phone"
session = check(
    sts.assume_role,
    {"RoleArn": own("role", "work"), "RoleSessionName": "bob"},
    ({"RoleArn": "work"}, "ValidationError", "at 'roleArn' " + SHORT + "20"),
    ({"RoleArn": own("user", "ann")}, "ValidationError", "Request ARN is invalid"),
    ({"RoleArn": own("role", "nobody")}, "AccessDenied", "is not authorized to perform: sts:AssumeRole on resource: " + own("role", "nobody")),
    ({"RoleSessionName": GONE}, "ValidationError", "at 'roleSessionName' " + NULL),
    ({"RoleSessionName": "b"}, "ValidationError", "at 'roleSessionName' " + SHORT + "2"),
    ({"RoleSessionName": "b b"}, "ValidationError", "Member must satisfy regular expression pattern: [\\w+=,.@-]*"),
    ({"DurationSeconds": 899}, "ValidationError", "Member must have value greater than or equal to 900"),
    ({"DurationSeconds": 43201}, "ValidationError", "Member must have value less than or equal to 43200"),
    ({"DurationSeconds": 7201}, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
    ({"Policy": "{"}, "MalformedPolicyDocument", ""),
    ({"PolicyArns": [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}] * 11}, "ValidationError", "at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10"),
    ({"ExternalId": "x"}, "ValidationError", "at 'externalId' " + SHORT + "2"),
    ({"SerialNumber": serial}, "AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."),
    ({"SerialNumber": serial, "TokenCode": "000000"}, "AccessDenied",
     "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user."),
    ({"TokenCode": "12345"}, "ValidationError", "at 'tokenCode' " + SHORT + "6"),
    ({"TransitiveTagKeys": ["a"]}, "InvalidParameterValue", "The specified transitive tag key must be included in the requested tags."),
)["Credentials"]
chained = client("sts", session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])
try:
    chained.get_session_token()
    failed.append(("get_session_token", "answered"))
except ClientError as error:
    if error.response["Error"]["Message"] != "Cannot call GetSessionToken with session credentials":
        failed.append(("get_session_token", str(error)))
check(
    sts.get_session_token,
    {"DurationSeconds": 900},
    ({"DurationSeconds": 899}, "ValidationError", "900"),
    ({"DurationSeconds": 129601}, "ValidationError", "129600"),
    ({"SerialNumber": serial, "TokenCode": "123456"}, "AccessDenied", "unable to validate MFA code."),
)
check(
    sts.get_federation_token,
    {"Name": "who"},
    ({"Name": "w"}, "ValidationError", "at 'name' " + SHORT + "2"),
    ({"Name": "w w"}, "ValidationError", "regular expression"),
    ({"Policy": "{"}, "MalformedPolicyDocument", ""),
    ({"PolicyArns": [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}] * 11}, "ValidationError", "at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10"),
    ({"Tags": tags("a", "A")}, "InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
    ({"Tags": tags("aws:a")}, "InvalidParameterValue", "Tag keys can not start with 'aws:'. Please use a different tag key."),
)
check(sts.get_caller_identity, {})

# Keys.
key = check(
    kms.create_key,
    {},
    ({"KeySpec": "RSA_1024"}, "ValidationException", "Member must satisfy enum value set"),
    ({"KeySpec": "RSA_2048"}, "ValidationException", ""),
    ({"Policy": "{"}, "MalformedPolicyDocumentException", ""),
    ({"Policy": policy({"Effect": "Allow", "Principal": {"AWS": own("user", "nobody")}, "Action": "kms:*", "Resource": "*"}),
      "BypassPolicyLockoutSafetyCheck": True},
     "MalformedPolicyDocumentException", "Policy contains a statement with one or more invalid principals."),
    ({"Tags": [{"TagKey": "a", "TagValue": "1"}, {"TagKey": "a", "TagValue": "2"}]}, "TagException", ""),
)["KeyMetadata"]["KeyId"]
missing = "00000000-0000-0000-0000-000000000000"
sealed = check(
    kms.encrypt,
    {"KeyId": key, "Plaintext": b"text"},
    ({"KeyId": missing}, "NotFoundException", f"Key 'arn:aws:kms:us-east-1:{account}:key/{missing}' does not exist"),
    ({"KeyId": "alias/none"}, "NotFoundException", f"Alias arn:aws:kms:us-east-1:{account}:alias/none is not found."),
    ({"KeyId": "not a key"}, "NotFoundException", ""),
    ({"Plaintext": b"x" * 4097}, "ValidationException", "Member must have length less than or equal to 4096"),
    ({"EncryptionAlgorithm": "RSAES_OAEP_SHA_1"}, "InvalidKeyUsageException", ""),
)["CiphertextBlob"]
check(
    kms.decrypt,
    {"CiphertextBlob": sealed},
    ({"CiphertextBlob": b"nonsense"}, "InvalidCiphertextException", ""),
    ({"CiphertextBlob": sealed[:-1] + bytes([sealed[-1] ^ 1])}, "InvalidCiphertextException", ""),
    ({"EncryptionContext": {"a": "b"}}, "InvalidCiphertextException", ""),
    ({"KeyId": missing}, "NotFoundException", "does not exist"),
)
check(
    kms.generate_data_key,
    {"KeyId": key, "KeySpec": "AES_256"},
    ({"KeySpec": GONE}, "ValidationException", "Please specify either number of bytes or key spec."),
    ({"NumberOfBytes": 32}, "ValidationException", "Please specify either number of bytes or key spec."),
    ({"KeySpec": GONE, "NumberOfBytes": 1025}, "ValidationException", "1024"),
    ({"KeySpec": "AES_512"}, "ValidationException", "enum value set"),
)
check(
    kms.create_alias,
    {"AliasName": "alias/work", "TargetKeyId": key},
    ({"AliasName": "work"}, "ValidationException", 'Alias must start with the prefix "alias/".'),
    ({"AliasName": "alias/aws/work"}, "AccessDeniedException", "is not authorized to perform: kms:CreateAlias"),
    ({"TargetKeyId": missing}, "NotFoundException", "does not exist"),
)
check(
    kms.create_alias,
    {"AliasName": "alias/rest", "TargetKeyId": key},
    ({"AliasName": "alias/work"}, "AlreadyExistsException",
     f"An alias with the name arn:aws:kms:us-east-1:{account}:alias/work already exists"),
)
check(kms.describe_key, {"KeyId": key}, ({"KeyId": missing}, "NotFoundException", "does not exist"))
check(
    kms.create_grant,
    {"KeyId": key, "GranteePrincipal": own("user", "ann"), "Operations": ["Decrypt"]},
    ({"GranteePrincipal": "ann"}, "InvalidArnException", ""),
    ({"Operations": ["Decypher"]}, "ValidationException", "enum value set"),
    ({"Operations": ["Sign"]}, "ValidationException", ""),
    ({"KeyId": missing}, "NotFoundException", "does not exist"),
)
check(
    kms.put_key_policy,
    {"KeyId": key, "PolicyName": "default", "Policy": kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]},
    ({"PolicyName": "other"}, "NotFoundException", ""),
    ({"Policy": policy({"Effect": "Allow", "Principal": {"AWS": own("user", "ann")}, "Action": "kms:Decrypt", "Resource": "*"})},
     "MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future."),
)
check(kms.disable_key, {"KeyId": key}, ({"KeyId": missing}, "NotFoundException", "does not exist"))
check(
    kms.encrypt,
    {"KeyId": kms.create_key()["KeyMetadata"]["KeyId"], "Plaintext": b"x"},
    ({"KeyId": key}, "DisabledException", f"arn:aws:kms:us-east-1:{account}:key/{key} is disabled."),
)
check(
    kms.replicate_key,
    {"KeyId": kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"], "ReplicaRegion": "eu-west-1"},
    ({"ReplicaRegion": "mars-1"}, "ValidationException", "mars-1"),
    ({"ReplicaRegion": "us-east-1"}, "AlreadyExistsException", ""),
    ({"KeyId": key}, "UnsupportedOperationException", "is not a multi-Region key"),
)
check(
    kms.schedule_key_deletion,
    {"KeyId": key, "PendingWindowInDays": 7},
    ({"PendingWindowInDays": 6}, "ValidationException", ""),
    ({"PendingWindowInDays": 31}, "ValidationException", ""),
)
check(
    kms.enable_key,
    {"KeyId": kms.create_key()["KeyMetadata"]["KeyId"]},
    ({"KeyId": key}, "KMSInvalidStateException", f"arn:aws:kms:us-east-1:{account}:key/{key} is pending deletion."),
)

# Secrets.
check(
    secrets.create_secret,
    {"Name": "one", "SecretString": "s"},
    ({"Name": "a b"}, "ValidationException", "Invalid name. Must be a valid name containing alphanumeric characters"),
    ({"Name": GONE}, "ValidationException", NULL),
    ({"SecretBinary": b"b"}, "InvalidParameterException", ""),
    ({"SecretString": "x" * 65537}, "ValidationException", "65536"),
    ({"KmsKeyId": missing}, "EncryptionFailure", ""),
)
check(
    secrets.create_secret,
    {"Name": "two", "SecretString": "s"},
    ({"Name": "one"}, "ResourceExistsException", "The operation failed because the secret one already exists."),
)
check(
    secrets.get_secret_value,
    {"SecretId": "one"},
    ({"SecretId": "none"}, "ResourceNotFoundException", "Secrets Manager can't find the specified secret."),
    ({"VersionStage": "NONE"}, "ResourceNotFoundException",
     "Secrets Manager can't find the specified secret value for staging label: NONE"),
    ({"VersionId": "0" * 32}, "ResourceNotFoundException",
     "Secrets Manager can't find the specified secret value for VersionId: " + "0" * 32),
)
check(secrets.describe_secret, {"SecretId": "one"}, ({"SecretId": "none"}, "ResourceNotFoundException", "can't find the specified secret."))
token = "t" * 32
check(
    secrets.put_secret_value,
    {"SecretId": "one", "SecretString": "t", "ClientRequestToken": token},
    ({"SecretString": GONE}, "InvalidRequestException", "You must provide either SecretString or SecretBinary."),
    ({"ClientRequestToken": "short"}, "ValidationException", SHORT + "32"),
    ({"SecretId": "none"}, "ResourceNotFoundException", ""),
)
check(
    secrets.put_secret_value,
    {"SecretId": "one", "SecretString": "t", "ClientRequestToken": token},
    ({"SecretString": "u"}, "ResourceExistsException", ""),
)
check(
    secrets.update_secret,
    {"SecretId": "one", "Description": "d"},
    ({"SecretId": "none"}, "ResourceNotFoundException", ""),
    ({"Description": "d" * 2049}, "ValidationException", LONG + "2048"),
)
check(
    secrets.tag_resource,
    {"SecretId": "one", "Tags": tags("a")},
    ({"SecretId": "none"}, "ResourceNotFoundException", ""),
    ({"Tags": tags("aws:a")}, "InvalidParameterException", ""),
)
check(
    secrets.put_resource_policy,
    {"SecretId": "one", "ResourcePolicy": policy({"Effect": "Allow", "Principal": {"AWS": own("user", "ann")},
                                                  "Action": "secretsmanager:GetSecretValue", "Resource": "*"})},
    ({"ResourcePolicy": "{"}, "MalformedPolicyDocumentException", ""),
    ({"ResourcePolicy": policy({"Effect": "Allow", "Principal": {"AWS": own("user", "nobody")},
                                "Action": "secretsmanager:GetSecretValue", "Resource": "*"})},
     "MalformedPolicyDocumentException", "This resource policy contains an unsupported principal."),
)
if secrets.list_secret_version_ids(SecretId="one")["Versions"][0]["KmsKeyIds"] != ["DefaultEncryptionKey"]:
    failed.append(("list_secret_version_ids", "names the key of AWS"))
replica = lambda region: {"AddReplicaRegions": [{"Region": region}]}
check(
    secrets.replicate_secret_to_regions,
    {"SecretId": "one", **replica("eu-west-1")},
    (replica("us-east-1"), "InvalidParameterException", "Invalid replica region"),
    (replica("mars-1"), "InvalidParameterException", "Invalid replica region"),
    ({"SecretId": "none"}, "ResourceNotFoundException", "can't find the specified secret."),
)
secrets.remove_regions_from_replication(SecretId="one", RemoveReplicaRegions=["eu-west-1"])
check(
    secrets.delete_secret,
    {"SecretId": "one", "RecoveryWindowInDays": 7},
    ({"RecoveryWindowInDays": 6}, "InvalidParameterException", "RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."),
    ({"RecoveryWindowInDays": 31}, "InvalidParameterException", "RecoveryWindowInDays value must be between 7 and 30 days (inclusive)."),
    ({"ForceDeleteWithoutRecovery": True}, "InvalidParameterException",
     "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."),
    ({"SecretId": "none"}, "ResourceNotFoundException", "can't find the specified secret."),
)
MARKED = "You can't perform this operation on the secret because it was marked for deletion."
for call, more in (
    (secrets.get_secret_value, {}),
    (secrets.put_secret_value, {"SecretString": "x"}),
    (secrets.update_secret, {"Description": "x"}),
    (secrets.tag_resource, {"Tags": tags("b")}),
):
    check(call, {"SecretId": "two", **more}, ({"SecretId": "one"}, "InvalidRequestException", MARKED))
check(secrets.restore_secret, {"SecretId": "one"}, ({"SecretId": "none"}, "ResourceNotFoundException", ""))
check(secrets.get_secret_value, {"SecretId": "one"})

for each in failed:
    print(*each)
print("ok" if not failed else f"{len(failed)} wrong")
