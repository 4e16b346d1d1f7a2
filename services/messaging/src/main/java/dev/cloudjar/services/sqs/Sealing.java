package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Envelope;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.sqs.SentMessage.Content;
import dev.cloudjar.services.sqs.SentMessage.SealedBody;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Bodies of messages under the KMS key of their queue. Attributes are not encrypted, as on AWS; each message
/// has a data key of its own, so that a key that is disabled shuts the queue at once.
final class Sealing {
    private static final String CONTEXT = "aws:sqs:arn";

    private final Kernel kernel;
    private final Shelf<Queue> queues;

    Sealing(Kernel kernel, Shelf<Queue> queues) {
        this.kernel = kernel;
        this.queues = queues;
    }

    /// The content as it is kept in `queue`.
    Content sealed(Queue queue, Content content) {
        String key = queue.get(Setting.KMS_KEY);
        if (key.isEmpty()) {
            return content;
        }
        Blob body = Blob.of(content.body().getBytes(StandardCharsets.UTF_8));
        String arn = queues.arn(queue.id()).toString();
        Envelope envelope = byKms(() -> Envelope.seal(kernel, key, Map.of(CONTEXT, arn), body));
        return content.sealed(new SealedBody(arn, envelope));
    }

    /// The body as it was sent; a message that was moved stays under the key of the queue to which it was sent.
    String body(Content content) {
        return content.sealed()
                .map(kept -> byKms(() -> kept.envelope().open(kernel, Map.of(CONTEXT, kept.queue()))))
                .map(body -> new String(body.bytes(), StandardCharsets.UTF_8))
                .orElse(content.body());
    }

    /// What KMS refuses, SQS refuses under a name of its own.
    private static <R> R byKms(Supplier<R> work) {
        try {
            return work.get();
        } catch (AwsError refused) {
            throw code(refused.code().code()).because("%s", refused.message());
        }
    }

    private static AwsError.Code code(String ofKms) {
        return switch (ofKms) {
            case "DisabledException" -> code("KmsDisabled", ofKms);
            case "KMSInvalidStateException" -> code("KmsInvalidState", "InvalidStateException");
            case "NotFoundException" -> code("KmsNotFound", ofKms);
            case "InvalidKeyUsageException" -> code("KmsInvalidKeyUsage", ofKms);
            default -> code("KmsAccessDenied", "AccessDeniedException");
        };
    }

    private static AwsError.Code code(String name, String ofKms) {
        return new AwsError.Code(name, "KMS." + ofKms, 400, true, Optional.empty());
    }
}
