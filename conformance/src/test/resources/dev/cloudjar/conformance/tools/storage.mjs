// lib-storage: streams of unknown length in parts, progress, tags, and an upload that is given up.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { createHash, randomBytes } from "node:crypto";
import {
  CreateBucketCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListMultipartUploadsCommand,
  S3Client, SelectObjectContentCommand,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

const [endpoint, account] = process.argv.slice(2);
const client = new S3Client({
  endpoint, region: "us-east-1", forcePathStyle: true,
  credentials: { accessKeyId: account, secretAccessKey: "secret" },
});
const Bucket = `lib-storage-${account}`;
await client.send(new CreateBucketCommand({ Bucket }));

const bytes = randomBytes(13 * 1024 * 1024 + 7);
const pieces = function* () {
  for (let at = 0; at < bytes.length; at += 1 << 20) {
    yield bytes.subarray(at, at + (1 << 20));
  }
};
let last = 0;
const upload = new Upload({
  client, queueSize: 3, partSize: 5 * 1024 * 1024, tags: [{ Key: "kind", Value: "random" }],
  params: { Bucket, Key: "stream", Body: Readable.from(pieces()), ContentType: "application/x-random" },
});
upload.on("httpUploadProgress", ({ loaded }) => { last = Math.max(last, loaded); });
const done = await upload.done();
assert.match(done.ETag, /-3"$/);
assert.equal(last, bytes.length);
const got = await client.send(new GetObjectCommand({ Bucket, Key: "stream" }));
const hash = createHash("sha256");
for await (const chunk of got.Body) {
  hash.update(chunk);
}
assert.equal(hash.digest("hex"), createHash("sha256").update(bytes).digest("hex"));
assert.equal(got.ContentType, "application/x-random");
const { TagSet } = await client.send(new GetObjectTaggingCommand({ Bucket, Key: "stream" }));
assert.deepEqual(TagSet, [{ Key: "kind", Value: "random" }]);

await new Upload({ client, params: { Bucket, Key: "small", Body: "few bytes" } }).done();
assert.equal((await client.send(new HeadObjectCommand({ Bucket, Key: "small" }))).ContentLength, 9);

const slow = new Upload({ client, params: { Bucket, Key: "given-up", Body: Readable.from(pieces()) } });
const aborted = assert.rejects(slow.done(), { name: "AbortError" });
await slow.abort();
await aborted;
const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
assert.equal((Uploads ?? []).length, 0);

await new Upload({ client, params: { Bucket, Key: "rows", Body: "a,1\nb,2\n" } }).done();
const { Payload } = await client.send(new SelectObjectContentCommand({
  Bucket, Key: "rows", ExpressionType: "SQL", Expression: "SELECT s._1 FROM S3Object s WHERE s._2 > 1",
  InputSerialization: { CSV: {} }, OutputSerialization: { JSON: {} },
}));
let records = "";
let events = "";
for await (const event of Payload) {
  records += event.Records ? new TextDecoder().decode(event.Records.Payload) : "";
  events += Object.keys(event)[0] + " ";
}
assert.equal(records, '{"_1":"b"}\n');
assert.equal(events, "Records Stats End ");
console.log("ok");
