package dev.cloudjar.services.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Sqs.AddPermissionRequest;
import dev.cloudjar.api.Sqs.RemovePermissionRequest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A permission is a statement of the queue's policy.
class PermissionTest {
    @AutoClose
    private final SqsUnderTest sqs = SqsUnderTest.fresh();

    private final String queue = sqs.create("orders");

    @Test
    void aPermissionBecomesAStatement() {
        sqs.call(request());

        assertThat(sqs.attribute(queue, "Policy"))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Id\":\"" + sqs.arn("orders")
                        + "/SQSDefaultPolicy\",\"Statement\":[{\"Sid\":\"them\",\"Effect\":\"Allow\",\"Principal\":"
                        + "{\"AWS\":\"arn:aws:iam::444455556666:root\"},\"Action\":\"SQS:SendMessage\",\"Resource\":\""
                        + sqs.arn("orders") + "\"}]}");
    }

    @Test
    void aRemovedPermissionLeavesTheOthers() {
        sqs.call(request());
        sqs.call(request().label("others"));
        sqs.call(new RemovePermissionRequest().queueUrl(queue).label("them"));
        assertThat(sqs.attribute(queue, "Policy")).contains("others").doesNotContain("them");

        sqs.call(new RemovePermissionRequest().queueUrl(queue).label("others"));
        assertThat(sqs.attributes(queue)).doesNotContainKey("Policy");
    }

    @Test
    void permissionsAreRefused() {
        sqs.call(request());

        assertThat(Refused.by(() -> sqs.call(request()))).isEqualTo(invalid("them", "Label", "Already exists."));
        assertThat(Refused.by(() ->
                        sqs.call(new RemovePermissionRequest().queueUrl(queue).label("nobody"))))
                .isEqualTo(invalid("nobody", "Label", "can't find label on existing policy."));
        assertThat(Refused.by(() -> sqs.call(request().label("b").awsAccountIds(List.of("*")))))
                .isEqualTo(invalid("[*]", "PrincipalId", "Unable to verify."));
        assertThat(Refused.by(() -> sqs.call(request().label("b").actions(List.of("SendMessageBatch")))))
                .isEqualTo(invalid(
                        "SQS:SendMessageBatch",
                        "ActionName",
                        "Please refer to the appropriate WSDL for a list of valid actions."));
        assertThat(Refused.by(() -> sqs.call(request().label("b").actions(List.of("CreateQueue")))))
                .isEqualTo(invalid(
                        "SQS:CreateQueue", "ActionName", "Only the queue owner is allowed to invoke this action."));
        assertThat(Refused.by(
                        () -> sqs.call(request().label("b").actions(List.of("1", "2", "3", "4", "5", "6", "7", "8")))))
                .isEqualTo(new Refused("OverLimit", "8 Actions were found, maximum allowed is 7."));
    }

    private static Refused invalid(String value, String parameter, String reason) {
        return new Refused(
                "InvalidParameterValue",
                "Value " + value + " for parameter " + parameter + " is invalid. Reason: " + reason);
    }

    private AddPermissionRequest request() {
        return new AddPermissionRequest()
                .queueUrl(queue)
                .label("them")
                .awsAccountIds(List.of("444455556666"))
                .actions(List.of("SendMessage"));
    }
}
