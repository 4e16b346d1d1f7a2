// SQS through the JavaScript SDK v3: node sqs.mjs ENDPOINT ACCOUNT CONTENT_TYPE.
import assert from "node:assert/strict";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  TagQueueCommand,
} from "@aws-sdk/client-sqs";

const [endpoint, account, contentType] = process.argv.slice(2);
const sqs = new SQSClient({
  endpoint,
  region: "us-east-1",
  maxAttempts: 1,
  credentials: { accessKeyId: account, secretAccessKey: "secret" },
});
const spoken = new Set();
sqs.middlewareStack.add(
  (next) => (args) => {
    spoken.add(args.request.headers["content-type"]);
    return next(args);
  },
  { step: "finalizeRequest" },
);

const name = `js-${Math.random().toString(36).slice(2)}`;
const { QueueUrl } = await sqs.send(
  new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "7", DelaySeconds: "0" } }),
);
assert.ok(QueueUrl.endsWith(`/${account}/${name}`), QueueUrl);
assert.equal((await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl, QueueUrl);
const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
assert.equal(Attributes.VisibilityTimeout, "7");
assert.equal(Attributes.QueueArn, `arn:aws:sqs:us-east-1:${account}:${name}`);
await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: "1", b: "2" } }));
assert.deepEqual((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags, { a: "1", b: "2" });

const sent = await sqs.send(
  new SendMessageCommand({
    QueueUrl,
    MessageBody: "héllo <&> ☃",
    MessageAttributes: {
      text: { DataType: "String", StringValue: "x y" },
      bytes: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) },
    },
  }),
);
const batch = await sqs.send(
  new SendMessageBatchCommand({
    QueueUrl,
    Entries: [
      { Id: "a", MessageBody: "one" },
      { Id: "b", MessageBody: "two" },
    ],
  }),
);
assert.equal(batch.Successful.length, 2);
const received = [];
while (received.length < 3) {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 5,
      AttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  assert.ok(Messages?.length, "no message came");
  received.push(...Messages);
}
const first = received.find((m) => m.MessageId === sent.MessageId);
assert.equal(first.Body, "héllo <&> ☃");
assert.equal(first.Attributes.ApproximateReceiveCount, "1");
assert.equal(first.MessageAttributes.text.StringValue, "x y");
assert.deepEqual([...first.MessageAttributes.bytes.BinaryValue], [0, 255]);
const deleted = await sqs.send(
  new DeleteMessageBatchCommand({
    QueueUrl,
    Entries: received.map((m, i) => ({ Id: `${i}`, ReceiptHandle: m.ReceiptHandle })),
  }),
);
assert.equal(deleted.Successful.length, 3);

await assert.rejects(sqs.send(new GetQueueUrlCommand({ QueueName: "js-nowhere" })), (error) => {
  assert.equal(error.$metadata.httpStatusCode, 400);
  return /QueueDoesNotExist|NonExistentQueue/.test(error.name + error.Code);
});
assert.ok((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: name }))).QueueUrls.includes(QueueUrl));
await sqs.send(new DeleteQueueCommand({ QueueUrl }));
assert.deepEqual([...spoken].map((type) => type.split(";")[0]), [contentType]);
console.log("ok");
