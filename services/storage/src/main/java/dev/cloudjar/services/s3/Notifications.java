package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Payload;
import dev.cloudjar.kernel.Sender;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Details;
import java.util.List;
import java.util.Optional;

/// Whom a bucket tells of what happens to its objects. Whoever is named gets a test event at once, or the
/// configuration is refused.
final class Notifications implements S3 {
    static final String DOCUMENT = "notification";

    private final Kernel kernel;
    private final Configured configured;

    Notifications(Parts parts, Configured configured) {
        this.kernel = parts.kernel();
        this.configured = configured;
    }

    @Override
    public PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
            PutBucketNotificationConfigurationRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        NotificationConfiguration named = named(in.notificationConfiguration());
        List<Listener> listeners = Listener.of(named);
        check(named, listeners);
        listeners.forEach(listener -> checkRegion(bucket, listener));
        if (!in.skipDestinationValidation().orElse(false)) {
            listeners.forEach(listener -> test(bucket, listener));
        }
        if (listeners.isEmpty() && named.eventBridgeConfiguration().isEmpty()) {
            configured.delete(in, DOCUMENT);
        } else {
            configured.put(in, DOCUMENT, named);
        }
        return new PutBucketNotificationConfigurationResponse();
    }

    private static void check(NotificationConfiguration configuration, List<Listener> listeners) {
        configuration.queueConfigurations().forEach(c -> Listener.checkFilter(c.filter()));
        configuration.topicConfigurations().forEach(c -> Listener.checkFilter(c.filter()));
        configuration.lambdaFunctionConfigurations().forEach(c -> Listener.checkFilter(c.filter()));
        for (Listener listener : listeners) {
            for (String event : listener.events()) {
                if (!Event.VALUES.contains(event)) {
                    throw Refusals.argument("A specified event is not supported for notifications.", "Event", event);
                }
            }
            if (listener.target().isEmpty()) {
                throw Refusals.argument("The ARN could not be parsed", listener.arn(), "null");
            }
        }
        for (int i = 0; i < listeners.size(); i++) {
            for (Listener other : listeners.subList(i + 1, listeners.size())) {
                if (listeners.get(i).overlaps(other)) {
                    throw Refusals.INVALID_ARGUMENT.because(
                            "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the"
                                    + " prefixes are overlapping for the same event type.");
                }
            }
        }
    }

    private static void checkRegion(OwnedBucket bucket, Listener listener) {
        if (!listener.target().orElseThrow().region().equals(bucket.region())) {
            throw Refusals.argument(
                    "The notification destination service region is not valid for the bucket location constraint",
                    listener.arn(),
                    "null");
        }
    }

    private NotificationConfiguration named(NotificationConfiguration configuration) {
        var named = NotificationConfiguration.from(configuration);
        named.queueConfigurations().forEach(c -> c.id(id(c.id())));
        named.topicConfigurations().forEach(c -> c.id(id(c.id())));
        named.lambdaFunctionConfigurations().forEach(c -> c.id(id(c.id())));
        return named;
    }

    private String id(Optional<String> given) {
        return given.filter(text -> !text.isEmpty())
                .orElseGet(() -> kernel.ids().uuid());
    }

    private void test(OwnedBucket bucket, Listener listener) {
        String event = EventJson.test(
                bucket, Call.current().request().id(), kernel.time().now());
        try {
            kernel.deliveries()
                    .hand(
                            new Sender("s3.amazonaws.com", bucket.arn()),
                            listener.target().orElseThrow(),
                            Payload.of(event));
        } catch (AwsError refused) {
            throw unreachable(listener, refused.message());
        } catch (IllegalStateException | IllegalArgumentException nobody) {
            throw unreachable(listener, "The destination does not exist");
        }
    }

    private static AwsError unreachable(Listener listener, String reason) {
        return Details.of("ArgumentName1", listener.arn())
                .and("ArgumentValue1", reason)
                .refuse(Refusals.INVALID_ARGUMENT, "Unable to validate the following destination configurations");
    }

    @Override
    public NotificationConfiguration getBucketNotificationConfiguration(GetBucketNotificationConfigurationRequest in) {
        return configured.find(in, DOCUMENT, new NotificationConfiguration()).orElseGet(NotificationConfiguration::new);
    }
}
