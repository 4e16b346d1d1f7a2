// A session store from npm under express-session, unchanged: it makes its table, keeps sessions, and forgets them.
import assert from "node:assert/strict";
import { promisify } from "node:util";
import { DescribeTableCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import connect from "connect-dynamodb";
import session from "express-session";

const [endpoint, account] = process.argv.slice(2);
const client = new DynamoDBClient({
  endpoint, region: "us-east-1", credentials: { accessKeyId: account, secretAccessKey: "secret" },
});
const DynamoDBStore = connect(session);
const store = new DynamoDBStore({
  client, table: "sessions-of-express", readCapacityUnits: 5, writeCapacityUnits: 5,
  specialKeys: [{ name: "user", type: "S" }], skipThrowMissingSpecialKeys: true,
});
await store.initialize();
const found = await client.send(new DescribeTableCommand({ TableName: "sessions-of-express" }));
assert.equal(found.Table.TableStatus, "ACTIVE");

const get = promisify(store.get.bind(store));
const set = promisify(store.set.bind(store));
const touch = promisify(store.touch.bind(store));
const destroy = promisify(store.destroy.bind(store));

await set("one", { user: "ann", cookie: { maxAge: 3_600_000 }, cart: ["tea"] });
assert.deepEqual((await get("one")).cart, ["tea"]);
await touch("one", { cookie: { maxAge: 7_200_000 } });
assert.equal((await get("one")).user, "ann");
const kept = await client.send(new ScanCommand({ TableName: "sessions-of-express" }));
assert.equal(kept.Items[0].user.S, "ann");

await set("over", { cookie: { maxAge: -5_000 } });
assert.equal(await get("over") ?? null, null);
assert.equal(await get("nobody") ?? null, null);
await destroy("one");
assert.equal(await get("one") ?? null, null);
console.log("ok");
