// A multi-region access point by its ARN: the SDK signs for all regions at once and asks a host of AWS's.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import "@aws-sdk/signature-v4a";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const [endpoint, account] = process.argv.slice(2);
const { hostname, port } = new URL(endpoint);

async function raw(service, method, path, body = "", headers = {}) {
  const credential = `${account}/20260101/us-east-1/${service}/aws4_request`;
  const answer = await fetch(endpoint + path, {
    method, body: body || undefined,
    headers: { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` },
  });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return (name) => text.match(`<${name}>([^<]*)</${name}>`)?.[1];
}
const iam = (parameters) => raw("iam", "POST", "/", new URLSearchParams({ Version: "2010-05-08", ...parameters }).toString(),
  { "content-type": "application/x-www-form-urlencoded" });
const control = (method, path, body) => raw("s3", method, "/v20180820" + path, body, { "x-amz-account-id": account });

const bucket = `everywhere-${account}`;
await raw("s3", "PUT", "/" + bucket);
await control("POST", "/async-requests/mrap/create", `<CreateMultiRegionAccessPointRequest><ClientToken>${randomUUID()}
  </ClientToken><Details><Name>everywhere</Name><Regions><Region><Bucket>${bucket}</Bucket></Region></Regions></Details>
  </CreateMultiRegionAccessPointRequest>`.replace(/\s+</g, "<"));
const alias = (await control("GET", "/mrap/instances/everywhere"))("Alias");
const arn = `arn:aws:s3::${account}:accesspoint/${alias}`;
await iam({ Action: "CreateUser", UserName: "traveller" });
await iam({ Action: "PutUserPolicy", UserName: "traveller", PolicyName: "own", PolicyDocument: JSON.stringify({
  Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: [arn, arn + "/object/*"] }],
}) });
const key = await iam({ Action: "CreateAccessKey", UserName: "traveller" });

// The host is AWS's, so what would be asked there is asked here.
const asked = [];
class Here extends NodeHttpHandler {
  handle(request, options) {
    asked.push([request.hostname, request.headers.authorization.split(" ")[0], request.headers["x-amz-region-set"]]);
    return super.handle(Object.assign(request, { protocol: "http:", hostname, port: Number(port) }), options);
  }
}
const client = (secretAccessKey) => new S3Client({
  region: "us-east-1", maxAttempts: 1, requestHandler: new Here(),
  credentials: { accessKeyId: key("AccessKeyId"), secretAccessKey },
});
const s3 = client(key("SecretAccessKey"));
await s3.send(new PutObjectCommand({ Bucket: arn, Key: "a b/ü", Body: "content" }));
const got = await s3.send(new GetObjectCommand({ Bucket: arn, Key: "a b/ü" }));
assert.equal(await got.Body.transformToString(), "content");
assert.deepEqual((await s3.send(new ListObjectsV2Command({ Bucket: arn }))).Contents.map((one) => one.Key), ["a b/ü"]);
await assert.rejects(client("wrong").send(new GetObjectCommand({ Bucket: arn, Key: "a b/ü" })), { name: "SignatureDoesNotMatch" });
assert.deepEqual(asked[0], [`${alias}.accesspoint.s3-global.amazonaws.com`, "AWS4-ECDSA-P256-SHA256", "*"]);
console.log("ok");
