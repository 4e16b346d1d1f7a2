package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_ATTRIBUTE_NAME;

import dev.cloudjar.api.Sqs.QueueAttributeName;
import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.Rules;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import java.util.Optional;

/// What SQS takes of its input, and its wording for all else, which its model does not have.
final class Refusals {
    static final Code INVALID_PARAMETER_VALUE =
            new Code("InvalidParameterValueException", "InvalidParameterValue", 400, true, Optional.empty());
    static final Code MISSING_PARAMETER =
            new Code("MissingRequiredParameterException", "MissingParameter", 400, true, Optional.empty());

    static final int MOST_MOVED_A_SECOND = 500;
    static final int LONGEST_VISIBILITY = 43_200;

    /// A queue's name without its suffix, a batch entry's id or a permission's label.
    static final Accepts NAME = Accepts.text(1, 80, "a-zA-Z0-9_-");

    private static final Accepts ID = Accepts.text(1, 128, "!-~");
    private static final String ID_REASON =
            " can only include alphanumeric and punctuation characters. 1 to 128 in length.";

    /// The entries of a batch have an error of their own.
    static final Rules RULES = Rules.in(new Wording())
            .optional("Entries")
            .accept(
                    "AddPermissionRequest.Label",
                    NAME,
                    "Can only include alphanumeric characters, hyphens, or underscores." + " 1 to 80 in length.")
            .accept("DelaySeconds", Accepts.range(0, 900), "DelaySeconds must be >= 0 and <= 900.")
            .accept("MessageGroupId", ID, "MessageGroupId" + ID_REASON)
            .accept("MessageDeduplicationId", ID, "MessageDeduplicationId" + ID_REASON)
            .accept("ReceiveRequestAttemptId", ID, "ReceiveRequestAttemptId" + ID_REASON)
            .accept("MaxNumberOfMessages", Accepts.range(1, Backlog.MOST_RECEIVED), between(1, Backlog.MOST_RECEIVED))
            .accept("WaitTimeSeconds", Accepts.range(0, 20), "Must be >= 0 and <= 20, if provided.")
            .accept("VisibilityTimeout", Accepts.range(0, LONGEST_VISIBILITY), between(0, LONGEST_VISIBILITY))
            .accept("MaxResults", Accepts.range(1, Queues.MOST_LISTED), between(1, Queues.MOST_LISTED))
            .accept(
                    "ListMessageMoveTasksRequest.MaxResults",
                    Accepts.range(1, MoveTasks.MOST_LISTED),
                    between(1, MoveTasks.MOST_LISTED))
            .accept(
                    "MaxNumberOfMessagesPerSecond",
                    Accepts.range(1, MOST_MOVED_A_SECOND),
                    "Must be an integer between 1 and 500.")
            .acceptEach(
                    "GetQueueAttributesRequest.AttributeNames",
                    Accepts.oneOf(QueueAttributeName.VALUES),
                    name -> INVALID_ATTRIBUTE_NAME.because("Unknown Attribute %s.", name));

    private Refusals() {}

    /// SQS's two sentences.
    private static final class Wording implements Rules.Wording {
        @Override
        public AwsError missing(String path) {
            return Refusals.missing(path);
        }

        @Override
        public AwsError invalid(Object value, String path, String reason) {
            return Refusals.invalid(value, path, reason);
        }
    }

    private static String between(int min, int max) {
        return "Must be between " + min + " and " + max + ", if provided.";
    }

    static AwsError invalid(Object value, String parameter, String reason) {
        return INVALID_PARAMETER_VALUE.because(
                "Value %s for parameter %s is invalid. Reason: %s", value, parameter, reason);
    }

    static AwsError wrongQueueType(Object value, String parameter) {
        return invalid(value, parameter, "The request include parameter that is not valid for this queue type.");
    }

    static AwsError missing(String parameter) {
        return MISSING_PARAMETER.because("The request must contain the parameter %s.", parameter);
    }
}
