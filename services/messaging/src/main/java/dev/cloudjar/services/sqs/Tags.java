package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.Refusals.INVALID_PARAMETER_VALUE;

import dev.cloudjar.api.Sqs;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The cost allocation tags of queues.
final class Tags implements Sqs {
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final Queues queues;

    Tags(Queues queues) {
        this.queues = queues;
    }

    static void check(String queue, Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw INVALID_PARAMETER_VALUE.because("Too many tags added for queue %s.", queue);
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw INVALID_PARAMETER_VALUE.because("Tag keys must be between 1 and 128 characters in length.");
            }
            if (value.length() > LONGEST_VALUE) {
                throw INVALID_PARAMETER_VALUE.because("Tag values must be between 0 and 256 characters in length.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw INVALID_PARAMETER_VALUE.because("Tag keys cannot start with the reserved prefix aws:.");
            }
        });
    }

    @Override
    public TagQueueResponse tagQueue(TagQueueRequest in) {
        Queue queue = queues.of(in);
        var all = new LinkedHashMap<>(queues.shelf().tags(queue.id()));
        all.putAll(in.tags());
        check(queue.id(), all);
        queues.shelf().tag(queue.id(), in.tags());
        return new TagQueueResponse();
    }

    @Override
    public UntagQueueResponse untagQueue(UntagQueueRequest in) {
        Queue queue = queues.of(in);
        queues.shelf().untag(queue.id(), new HashSet<>(in.tagKeys()));
        return new UntagQueueResponse();
    }

    @Override
    public ListQueueTagsResult listQueueTags(ListQueueTagsRequest in) {
        Queue queue = queues.of(in);
        return new ListQueueTagsResult().tags(queues.shelf().tags(queue.id()));
    }
}
