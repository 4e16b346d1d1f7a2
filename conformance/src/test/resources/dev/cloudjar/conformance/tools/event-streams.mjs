// Converses over an event stream in both directions, and subscribes to one that only answers.
import { KinesisClient, SubscribeToShardCommand } from "@aws-sdk/client-kinesis";
import { LexRuntimeV2Client, StartConversationCommand } from "@aws-sdk/client-lex-runtime-v2";

const [endpoint, accessKeyId] = process.argv.slice(2);
const settings = { endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey: "secret" }, maxAttempts: 1 };
const lex = new LexRuntimeV2Client(settings);
const kinesis = new KinesisClient(settings);

async function heard(stream, hear) {
    const events = [];
    try {
        for await (const event of stream) {
            events.push(hear(event));
        }
    } catch (error) {
        return `${events.join(" ")}, then ${error.name}: ${error.message}`;
    }
    return events.join(" ");
}

// Each text waits for the answer to the one before it.
async function converse(texts) {
    let answered = () => {};
    async function* said() {
        for (const text of texts) {
            const answer = new Promise((resolve) => { answered = resolve; });
            yield { TextInputEvent: { text } };
            await answer;
        }
    }
    const answer = await lex.send(new StartConversationCommand({
        botId: "ABCDEFGHIJ", botAliasId: "TSTALIASID", localeId: "en_US", sessionId: "parrot",
        requestEventStream: said(),
    }));
    const conversation = await heard(answer.responseEventStream, (event) => {
        answered();
        return event.TextResponseEvent.messages[0].content;
    });
    answered();
    return conversation;
}

console.log(await converse(["one", "two", "three", "bye"]));
console.log(await converse(["one", "fail"]));
const subscription = await kinesis.send(new SubscribeToShardCommand({
    ConsumerARN: "arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1", ShardId: "3",
    StartingPosition: { Type: "LATEST" },
}));
console.log(await heard(subscription.EventStream, (event) => event.SubscribeToShardEvent.ContinuationSequenceNumber));
lex.destroy();
kinesis.destroy();
