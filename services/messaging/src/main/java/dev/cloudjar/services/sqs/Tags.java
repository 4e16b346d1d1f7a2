package dev.cloudjar.services.sqs;

import static dev.cloudjar.services.sqs.Refusals.INVALID_PARAMETER_VALUE;

import dev.cloudjar.api.Sqs;
import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.TagRules;
import dev.cloudjar.model.AwsError;
import java.util.Set;

/// The cost allocation tags of queues.
final class Tags implements Sqs {
    static final TagRules RULES = new TagRules(50, Accepts.ANYTHING, new Wording());

    private final Queues queues;

    Tags(Queues queues) {
        this.queues = queues;
    }

    /// What SQS says of tags that it does not take.
    private static final class Wording implements TagRules.Wording {
        @Override
        public AwsError tooMany(String id, int most) {
            return INVALID_PARAMETER_VALUE.because("Too many tags added for queue %s.", id);
        }

        @Override
        public AwsError key(String key) {
            return INVALID_PARAMETER_VALUE.because("Tag keys must be between 1 and 128 characters in length.");
        }

        @Override
        public AwsError value(String key, String value) {
            return INVALID_PARAMETER_VALUE.because("Tag values must be between 0 and 256 characters in length.");
        }

        @Override
        public AwsError reserved(String key) {
            return INVALID_PARAMETER_VALUE.because("Tag keys cannot start with the reserved prefix aws:.");
        }
    }

    @Override
    public TagQueueResponse tagQueue(TagQueueRequest in) {
        queues.shelf().tag(queues.of(in).id(), in.tags());
        return new TagQueueResponse();
    }

    @Override
    public UntagQueueResponse untagQueue(UntagQueueRequest in) {
        queues.shelf().untag(queues.of(in).id(), Set.copyOf(in.tagKeys()));
        return new UntagQueueResponse();
    }

    @Override
    public ListQueueTagsResult listQueueTags(ListQueueTagsRequest in) {
        return new ListQueueTagsResult().tags(queues.shelf().tags(queues.of(in).id()));
    }
}
