// A short scenario of each service that has no script of its own: node services.mjs ENDPOINT ACCOUNT.
import assert from "node:assert/strict";
import { AccountClient, GetAlternateContactCommand, PutAlternateContactCommand } from "@aws-sdk/client-account";
import { CreateVpcCommand, DeleteVpcCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, IAMClient, paginateListRoles, PutRolePolicyCommand,
  DeleteRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateKeyCommand, DecryptCommand, DescribeKeyCommand, EncryptCommand, KMSClient, ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateOrganizationalUnitCommand, CreateOrganizationCommand, ListOrganizationalUnitsForParentCommand,
  ListRootsCommand, OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import {
  CreateSecretCommand, DeleteSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const [endpoint, account] = process.argv.slice(2);
const settings = {
  endpoint, region: "us-east-1", maxAttempts: 1, credentials: { accessKeyId: account, secretAccessKey: "secret" },
};

async function roles() {
  const iam = new IAMClient(settings);
  const RoleName = "js-role";
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }],
  };
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust), MaxSessionDuration: 7200 }),
  );
  assert.equal((await iam.send(new GetRoleCommand({ RoleName }))).Role.MaxSessionDuration, 7200);
  await iam.send(new PutRolePolicyCommand({
    RoleName, PolicyName: "all",
    PolicyDocument: JSON.stringify({
      Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
    }),
  }));
  const names = [];
  for await (const page of paginateListRoles({ client: iam, pageSize: 1 }, {})) {
    names.push(...page.Roles.map((role) => role.RoleName));
  }
  assert.ok(names.includes(RoleName), names);

  const sts = new STSClient(settings);
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: Role.Arn, RoleSessionName: "js" }));
  const assumed = new STSClient({
    ...settings,
    credentials: {
      accessKeyId: Credentials.AccessKeyId, secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    },
  });
  const { Arn } = await assumed.send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, `arn:aws:sts::${account}:assumed-role/${RoleName}/js`);

  await assert.rejects(iam.send(new DeleteRoleCommand({ RoleName })), { name: "DeleteConflictException" });
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "all" }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  await assert.rejects(iam.send(new GetRoleCommand({ RoleName })), { name: "NoSuchEntityException" });
}

async function keysAndSecrets() {
  const kms = new KMSClient(settings);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Tags: [{ TagKey: "team", TagValue: "js" }] }));
  const KeyId = KeyMetadata.KeyId;
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext: new TextEncoder().encode("héllo") }));
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob }));
  assert.equal(new TextDecoder().decode(Plaintext), "héllo");

  const secrets = new SecretsManagerClient(settings);
  const { ARN } = await secrets.send(new CreateSecretCommand({ Name: "js", SecretString: "one", KmsKeyId: KeyId }));
  await secrets.send(new PutSecretValueCommand({ SecretId: ARN, SecretString: "two" }));
  assert.equal((await secrets.send(new GetSecretValueCommand({ SecretId: "js" }))).SecretString, "two");
  const previous = new GetSecretValueCommand({ SecretId: "js", VersionStage: "AWSPREVIOUS" });
  assert.equal((await secrets.send(previous)).SecretString, "one");

  const tagging = new ResourceGroupsTaggingAPIClient(settings);
  const found = await tagging.send(new GetResourcesCommand({ TagFilters: [{ Key: "team", Values: ["js"] }] }));
  assert.deepEqual(found.ResourceTagMappingList.map((one) => one.ResourceARN), [KeyMetadata.Arn]);

  await secrets.send(new DeleteSecretCommand({ SecretId: "js", ForceDeleteWithoutRecovery: true }));
  await assert.rejects(secrets.send(new GetSecretValueCommand({ SecretId: "js" })), {
    name: "ResourceNotFoundException",
  });
  await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  assert.equal((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata.KeyState, "PendingDeletion");
  await assert.rejects(kms.send(new DecryptCommand({ CiphertextBlob })), { name: "KMSInvalidStateException" });
}

async function accounts() {
  const organizations = new OrganizationsClient(settings);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const parent = { ParentId: Roots[0].Id };
  await organizations.send(new CreateOrganizationalUnitCommand({ ...parent, Name: "js" }));
  const units = await organizations.send(new ListOrganizationalUnitsForParentCommand(parent));
  assert.deepEqual(units.OrganizationalUnits.map((unit) => unit.Name), ["js"]);
  await assert.rejects(organizations.send(new CreateOrganizationalUnitCommand({ ...parent, Name: "js" })), {
    name: "DuplicateOrganizationalUnitException",
  });

  const contacts = new AccountClient(settings);
  const contact = { Name: "Ann", Title: "Head", EmailAddress: "ann@example.com", PhoneNumber: "+123" };
  await contacts.send(new PutAlternateContactCommand({ AlternateContactType: "BILLING", ...contact }));
  const { AlternateContact } = await contacts.send(new GetAlternateContactCommand({ AlternateContactType: "BILLING" }));
  assert.deepEqual(AlternateContact, { AlternateContactType: "BILLING", ...contact });
}

async function networks() {
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.9.0.0/16" }));
  const VpcId = Vpc.VpcId;
  const found = await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: "cidr", Values: ["10.9.*"] }] }));
  assert.deepEqual(found.Vpcs.map((vpc) => vpc.VpcId), [VpcId]);
  await ec2.send(new DeleteVpcCommand({ VpcId }));
  await assert.rejects(ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] })), { name: "InvalidVpcID.NotFound" });
}

await roles();
await keysAndSecrets();
await accounts();
await networks();
console.log("ok");
