// More of the Document Client: batches, statements, numbers beyond JavaScript's, pages, and what is refused.
import assert from "node:assert/strict";
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand, BatchWriteCommand, DeleteCommand, DynamoDBDocument, ExecuteStatementCommand, NumberValue,
  TransactGetCommand, TransactWriteCommand, paginateQuery,
} from "@aws-sdk/lib-dynamodb";

const [endpoint, account] = process.argv.slice(2);
const client = new DynamoDBClient({
  endpoint, region: "us-east-1", credentials: { accessKeyId: account, secretAccessKey: "secret" },
});
const documents = DynamoDBDocument.from(client, {
  marshallOptions: { removeUndefinedValues: true, convertEmptyValues: false },
  unmarshallOptions: { wrapNumbers: (text) => NumberValue.from(text) },
});
const TableName = "more-documents";
await client.send(new CreateTableCommand({
  TableName, BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "p", AttributeType: "S" }, { AttributeName: "k", AttributeType: "N" }],
  KeySchema: [{ AttributeName: "p", KeyType: "HASH" }, { AttributeName: "k", KeyType: "RANGE" }],
}));
await waitUntilTableExists({ client, maxWaitTime: 60 }, { TableName });

const big = NumberValue.from("12345678901234567890123456789012345678");
const empty = { text: "", bytes: new Uint8Array(), list: [], map: {}, none: undefined };
await documents.put({ TableName, Item: { p: "big", k: big, ...empty } });
const { Item } = await documents.get({ TableName, Key: { p: "big", k: big } });
assert.equal(Item.k.toString(), big.toString());
assert.deepEqual([Item.text, Item.bytes.length, Item.list, Item.map, "none" in Item], ["", 0, [], {}, false]);

const puts = [...Array(25).keys()].map((k) => ({ PutRequest: { Item: { p: "many", k, even: k % 2 === 0 } } }));
const written = await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
assert.deepEqual(written.UnprocessedItems, {});
const read = await documents.send(new BatchGetCommand({
  RequestItems: { [TableName]: { Keys: puts.map(({ PutRequest: { Item: { p, k } } }) => ({ p, k })) } },
}));
assert.equal(read.Responses[TableName].length, 25);

const pages = [];
for await (const page of paginateQuery({ client: documents, pageSize: 10 }, {
  TableName, KeyConditionExpression: "p = :p", FilterExpression: "even = :e",
  ExpressionAttributeValues: { ":p": "many", ":e": true },
})) {
  pages.push([page.Count, page.ScannedCount]);
}
assert.deepEqual(pages, [[5, 10], [5, 10], [3, 5]]);

const selected = await documents.send(new ExecuteStatementCommand({
  Statement: `SELECT k FROM "${TableName}" WHERE p = ? AND k > ?`, Parameters: ["many", 22],
}));
assert.deepEqual(selected.Items.map(({ k }) => k.toString()), ["23", "24"]);

await documents.send(new TransactWriteCommand({
  TransactItems: [
    { Update: {
      TableName, Key: { p: "many", k: 1 }, UpdateExpression: "SET seen = :s", ExpressionAttributeValues: { ":s": 1 },
    } },
    { Delete: { TableName, Key: { p: "many", k: 2 } } },
  ],
}));
const together = await documents.send(new TransactGetCommand({
  TransactItems: [1, 2].map((k) => ({ Get: { TableName, Key: { p: "many", k } } })),
}));
assert.equal(together.Responses[0].Item.seen.toString(), "1");
assert.equal(together.Responses[1].Item, undefined);

await assert.rejects(
  documents.send(new TransactWriteCommand({
    TransactItems: [
      { Put: { TableName, Item: { p: "many", k: 3 } } },
      { ConditionCheck: { TableName, Key: { p: "many", k: 2 }, ConditionExpression: "attribute_exists(p)" } },
    ],
  })),
  ({ name, CancellationReasons }) =>
    name === "TransactionCanceledException" && CancellationReasons[1].Code === "ConditionalCheckFailed");
await assert.rejects(
  documents.send(new DeleteCommand({
    TableName, Key: { p: "many", k: 1 }, ConditionExpression: "seen > :s", ExpressionAttributeValues: { ":s": 1 },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  })),
  ({ name, Item: before }) => name === "ConditionalCheckFailedException" && before.seen.N === "1");
await assert.rejects(documents.put({ TableName, Item: { p: "many" } }), {
  name: "ValidationException",
  message: "One or more parameter values were invalid: Missing the key k in the item",
});
console.log("ok");
