// The helper, used as its users would. The requests are plain HTTP, so that no SDK has to be installed.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { start } from "../index.js";

let cloud;
before(async () => (cloud = await start("--seed=7", "--clock=2031-02-03T04:05:06Z")));
after(() => cloud.close());

async function sqs(of, operation, input) {
  const scope = `Credential=${of.accountId}/20310203/${of.region}/sqs/aws4_request`;
  const answer = await fetch(of.endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `AmazonSQS.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  return answer.json();
}

async function queues(of) {
  return ((await sqs(of, "ListQueues", {})).QueueUrls ?? []).length;
}

test("an undeleted message comes back when the clock is moved", async () => {
  const { QueueUrl } = await sqs(cloud, "CreateQueue", { QueueName: "orders" });
  await sqs(cloud, "SendMessage", { QueueUrl, MessageBody: "one" });
  assert.equal((await sqs(cloud, "ReceiveMessage", { QueueUrl })).Messages.length, 1);
  assert.equal((await sqs(cloud, "ReceiveMessage", { QueueUrl })).Messages, undefined);

  await cloud.advance(30_000);

  assert.equal((await sqs(cloud, "ReceiveMessage", { QueueUrl })).Messages.length, 1);
  assert.equal((await cloud.now()).toISOString(), "2031-02-03T04:05:36.000Z");
});

test("clouds, accounts and regions share nothing", async () => {
  const other = await start("--region=eu-west-1");
  await sqs(other, "CreateQueue", { QueueName: "mine" });

  assert.equal(await queues(other), 1);
  assert.equal(await queues(other.account("111111111111")), 0);
  assert.equal(await queues(other.account(other.accountId, "us-east-1")), 0);
  assert.equal(await queues(cloud.account(cloud.accountId, "eu-west-1")), 0);
  assert.deepEqual(
    (await other.calls()).map((call) => `${call.operation} ${call.account}`),
    ["CreateQueue 000000000000", "ListQueues 000000000000", "ListQueues 111111111111", "ListQueues 000000000000"],
  );

  await other.reset();
  assert.deepEqual(await other.calls(), []);
  await other.freeze();
  assert.deepEqual(await other.now(), await other.now());
  await other.close();
});

test("what cannot be done is said", async () => {
  await assert.rejects(cloud.moveTo(new Date("1969-12-31T00:00:00Z")), /the clock goes from/);
  await assert.rejects(start("--sed=1"), /There is no option --sed/);
});

test("clients get their configuration and programs their environment", () => {
  assert.equal(cloud.config().endpoint, cloud.endpoint);
  assert.equal(cloud.environment().AWS_ACCESS_KEY_ID, "000000000000");
});

test("a program that forgets to close still ends", () => {
  const script = `import { start } from "${new URL("../index.js", import.meta.url)}"; await start()`;
  assert.equal(spawnSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 60_000 }).status, 0);
});
