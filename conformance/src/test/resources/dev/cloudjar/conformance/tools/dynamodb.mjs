import assert from "node:assert/strict";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand, UpdateCommand,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";

const [endpoint, account] = process.argv.slice(2);
const client = new DynamoDBClient({
  endpoint, region: "us-east-1", credentials: { accessKeyId: account, secretAccessKey: "secret" },
});
const documents = DynamoDBDocumentClient.from(client);
const TableName = "documents";

await client.send(new CreateTableCommand({
  TableName, BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "shelf", AttributeType: "S" }, { AttributeName: "place", AttributeType: "N" }],
  KeySchema: [{ AttributeName: "shelf", KeyType: "HASH" }, { AttributeName: "place", KeyType: "RANGE" }],
}));

const book = { shelf: "a", place: 1, title: "Emma", tags: new Set(["old", "good"]), parts: [{ pages: 3 }], lent: null };
await documents.send(new PutCommand({ TableName, Item: book }));
assert.deepEqual((await documents.send(new GetCommand({ TableName, Key: { shelf: "a", place: 1 } }))).Item, book);

const changed = await documents.send(new UpdateCommand({
  TableName, Key: { shelf: "a", place: 1 }, UpdateExpression: "SET parts[0].pages = parts[0].pages + :n",
  ExpressionAttributeValues: { ":n": 4 }, ReturnValues: "ALL_NEW",
}));
assert.equal(changed.Attributes.parts[0].pages, 7);

await documents.send(new TransactWriteCommand({
  TransactItems: [2, 3, 10].map((place) => ({ Put: { TableName, Item: { shelf: "a", place } } })),
}));
const found = await documents.send(new QueryCommand({
  TableName, KeyConditionExpression: "shelf = :s AND place > :p", ExpressionAttributeValues: { ":s": "a", ":p": 1 },
}));
assert.deepEqual(found.Items.map((item) => item.place), [2, 3, 10]);

let scanned = 0;
for await (const page of paginateScan({ client: documents, pageSize: 2 }, { TableName })) {
  scanned += page.Count;
}
assert.equal(scanned, 4);
await assert.rejects(
  documents.send(new PutCommand({ TableName, Item: book, ConditionExpression: "attribute_not_exists(shelf)" })),
  { name: "ConditionalCheckFailedException", message: "The conditional request failed" });
console.log("ok");
