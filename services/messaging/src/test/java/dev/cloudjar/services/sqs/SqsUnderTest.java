package dev.cloudjar.services.sqs;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.api.Sqs.Message;
import dev.cloudjar.api.Sqs.ReceiveMessageRequest;
import dev.cloudjar.api.Sqs.ReceiveMessageResult;
import dev.cloudjar.api.Sqs.SendMessageRequest;
import dev.cloudjar.api.Sqs.SendMessageResult;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.World.Settings;
import dev.cloudjar.kernel.codec.KeyCodec;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.kernel.store.Keys;
import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/// SQS in a world of its own, called as the pipeline calls it: in the account and region of the queue. Its clock
/// stands still until a test moves it.
final class SqsUnderTest implements AutoCloseable {
    static final String ACCOUNT = "111122223333";
    static final String REGION = "eu-central-1";

    private final World world;
    private final AtomicReference<Kernel> kernel;
    private final String account;
    private final String region;

    private SqsUnderTest(World world, AtomicReference<Kernel> kernel, String account, String region) {
        this.world = world;
        this.kernel = kernel;
        this.account = account;
        this.region = region;
    }

    static SqsUnderTest fresh() {
        return seeded(1);
    }

    static SqsUnderTest seeded(long seed) {
        return frozen(settings(OptionalLong.of(seed), false));
    }

    static SqsUnderTest withRealisticDelays() {
        return frozen(settings(OptionalLong.of(1), true));
    }

    /// Kept in `directory`, by the real clock.
    static SqsUnderTest open(Path directory) {
        var kernel = new AtomicReference<Kernel>();
        World world = World.open(directory, settings(OptionalLong.empty(), false), services(kernel));
        return new SqsUnderTest(world, kernel, ACCOUNT, REGION);
    }

    private static SqsUnderTest frozen(Settings settings) {
        var kernel = new AtomicReference<Kernel>();
        World world = World.inMemory(settings, services(kernel));
        world.freezeClock();
        return new SqsUnderTest(world, kernel, ACCOUNT, REGION);
    }

    private static List<Service.Entry> services(AtomicReference<Kernel> kernel) {
        return List.of(new Service.Entry("sqs", made -> {
            kernel.set(made);
            return new SqsService(made);
        }));
    }

    private static Settings settings(OptionalLong seed, boolean realisticDelays) {
        return new Settings(
                ACCOUNT,
                REGION,
                realisticDelays,
                Durability.OS,
                seed,
                problem -> {
                    throw new AssertionError(problem);
                },
                Optional.empty(),
                Duration.ZERO);
    }

    /// The same world seen from another account or region.
    SqsUnderTest as(String otherAccount, String otherRegion) {
        return new SqsUnderTest(world, kernel, otherAccount, otherRegion);
    }

    World world() {
        return world;
    }

    Instant now() {
        return world.time().now();
    }

    void pass(Duration time) {
        world.advanceClock(time);
    }

    void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    @SuppressWarnings("unchecked")
    <R extends Struct> R call(Struct request) {
        String shape = request.shape().name();
        OperationSchema operation = Sqs.SCHEMA
                .operation(shape.substring(0, shape.length() - "Request".length()))
                .orElseThrow();
        var asked = new Call.Request("sqs", operation.name(), "request", now(), "http://localhost:4566");
        Bound bound = world.service("sqs").orElseThrow();
        Call call = Call.of(Principal.root(account), account, region, asked);
        return (R) call.run(() -> {
            Call home = bound.service()
                    .home(operation, request)
                    .map(arn -> call.in(arn.account(), arn.region()))
                    .orElse(call);
            bound.service().rules().orElseThrow().check(request);
            return home.run(() -> bound.call(operation, request));
        });
    }

    String create(String name) {
        return create(name, Map.of());
    }

    String create(String name, Map<String, String> attributes) {
        return this.<Sqs.CreateQueueResult>call(
                        new Sqs.CreateQueueRequest().queueName(name).attributes(attributes))
                .queueUrl()
                .orElseThrow();
    }

    String createFifo(String name, Map<String, String> attributes) {
        var all = new java.util.HashMap<>(attributes);
        all.put("FifoQueue", "true");
        return create(name, all);
    }

    void set(String queue, String attribute, String value) {
        call(new Sqs.SetQueueAttributesRequest().queueUrl(queue).attributes(Map.of(attribute, value)));
    }

    String attribute(String queue, String name) {
        return attributes(queue).getOrDefault(name, "");
    }

    Map<String, String> attributes(String queue) {
        return this.<Sqs.GetQueueAttributesResult>call(
                        new Sqs.GetQueueAttributesRequest().queueUrl(queue).attributeNames(List.of("All")))
                .attributes();
    }

    /// Visible, in flight and delayed.
    List<Integer> counts(String queue) {
        Map<String, String> attributes = attributes(queue);
        return List.of(
                Integer.valueOf(attributes.getOrDefault("ApproximateNumberOfMessages", "")),
                Integer.valueOf(attributes.getOrDefault("ApproximateNumberOfMessagesNotVisible", "")),
                Integer.valueOf(attributes.getOrDefault("ApproximateNumberOfMessagesDelayed", "")));
    }

    SendMessageResult send(String queue, String body) {
        return call(new SendMessageRequest().queueUrl(queue).messageBody(body));
    }

    SendMessageResult send(String queue, String group, String body) {
        return call(new SendMessageRequest()
                .queueUrl(queue)
                .messageBody(body)
                .messageGroupId(group)
                .messageDeduplicationId(body));
    }

    SendMessageResult sendFair(String queue, String group, String body) {
        return call(new SendMessageRequest().queueUrl(queue).messageBody(body).messageGroupId(group));
    }

    List<Message> receive(String queue) {
        return receive(queue, 10);
    }

    List<Message> receive(String queue, int most) {
        return receive(new ReceiveMessageRequest().queueUrl(queue).maxNumberOfMessages(most));
    }

    List<Message> receive(ReceiveMessageRequest request) {
        request.messageSystemAttributeNames(List.of("All")).messageAttributeNames(List.of("All"));
        return this.<ReceiveMessageResult>call(request).messages();
    }

    List<String> bodies(String queue) {
        return receive(queue).stream().map(SqsUnderTest::body).toList();
    }

    static String body(Message message) {
        return message.body().orElseThrow();
    }

    static String handle(Message message) {
        return message.receiptHandle().orElseThrow();
    }

    void delete(String queue, Message message) {
        delete(queue, handle(message));
    }

    void delete(String queue, String handle) {
        call(new Sqs.DeleteMessageRequest().queueUrl(queue).receiptHandle(handle));
    }

    void hide(String queue, Message message, int seconds) {
        call(new Sqs.ChangeMessageVisibilityRequest()
                .queueUrl(queue)
                .receiptHandle(handle(message))
                .visibilityTimeout(seconds));
    }

    String arn(String name) {
        return "arn:aws:sqs:" + region + ':' + account + ':' + name;
    }

    String redrive(String letters, int receives) {
        return "{\"deadLetterTargetArn\":\"" + arn(letters) + "\",\"maxReceiveCount\":" + receives + '}';
    }

    /// Hands a payload to a queue as another service would.
    void deliver(String name, String text, Map<String, String> attributes) {
        var asked = new Call.Request("sns", "Publish", "request", now(), "http://localhost:4566");
        Call.of(Principal.root(account), account, region, asked)
                .run(() -> kernel.get().transact(() -> {
                    kernel.get()
                            .deliveries()
                            .send("sns.amazonaws.com", Arn.here("sqs", name), new Payload(text, attributes));
                    return true;
                }));
        passSeconds(0);
    }

    /// How many rows a table of the service has, whoever's they are.
    long rows(String table) {
        return world.store().transact(Store.Origin.NONE, tx -> {
            byte[] name = KeyCodec.encode(new byte[0], table);
            return tx.count(name, Keys.after(name));
        });
    }

    @Override
    public void close() {
        world.close();
    }
}
