package dev.cloudjar.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A service written against generated code; the generator's test compiles and runs it.
public final class ApiProbe implements Sqs, Runnable {
    @Override
    public CreateQueueResult createQueue(CreateQueueRequest in) {
        if (in.queueName().isEmpty()) {
            throw QUEUE_DOES_NOT_EXIST.because("The queue %s does not exist", in.queueName());
        }
        return new CreateQueueResult().queueUrl("http://localhost/" + in.queueName());
    }

    @Override
    public void run() {
        dispatches();
        reads();
        copies();
        refuses();
        ec2Dispatches();
    }

    private void dispatches() {
        OperationSchema create = SCHEMA.operation("CreateQueue").orElseThrow();
        Struct in = create.input().create();
        assertThat(in).isInstanceOf(CreateQueueRequest.class);
        in.set(0, "orders");

        Struct out = call(create.index(), in);

        assertThat(out).isEqualTo(new CreateQueueResult().queueUrl("http://localhost/orders"));
        assertThat(out.shape()).isSameAs(create.output());
        assertThatThrownBy(() -> call(1000, in)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private void reads() {
        var in = new CreateQueueRequest();
        assertThat(in.attributes()).isEmpty();
        assertThat(in.hasAttributes()).isFalse();
        assertThatThrownBy(in::queueName).hasMessageContaining("QueueName");
        in.attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "30"));
        assertThat(in.hasAttributes()).isTrue();
        assertThat(in.attributes()).containsEntry("VisibilityTimeout", "30");
        assertThat(QueueAttributeName.VALUES).contains(QueueAttributeName.VISIBILITY_TIMEOUT);

        var receive = new ReceiveMessageRequest().maxNumberOfMessages(3);
        var again = new ReceiveMessageRequest().maxNumberOfMessages(receive.maxNumberOfMessages());
        assertThat(again.maxNumberOfMessages()).contains(3);
        assertThat(again.maxNumberOfMessages(Optional.empty()).maxNumberOfMessages()).isEmpty();
    }

    private void copies() {
        var entry = new SendMessageBatchRequestEntry().id("1").messageBody("hello");
        assertThat(SendMessageRequest.from(entry).messageBody()).isEqualTo("hello");
        var batch = new SendMessageBatchRequest().entries(List.of(entry));
        assertThat(batch.entries().getFirst().id()).isEqualTo("1");
    }

    private void refuses() {
        OperationSchema create = SCHEMA.operation("CreateQueue").orElseThrow();
        assertThatThrownBy(() -> call(create.index(), new CreateQueueRequest().queueName("")))
                .isInstanceOfSatisfying(AwsError.class, error -> {
                    assertThat(error.code().queryCode()).isEqualTo("AWS.SimpleQueueService.NonExistentQueue");
                    assertThat(error.code().shape()).contains(SCHEMA.structure("QueueDoesNotExist"));
                });
        OperationSchema delete = SCHEMA.operation("DeleteQueue").orElseThrow();
        assertThatThrownBy(() -> call(delete.index(), delete.input().create()))
                .isInstanceOfSatisfying(AwsError.class, error -> {
                    assertThat(error.code().status()).isEqualTo(501);
                    assertThat(error.message()).contains("DeleteQueue", "SQS");
                });
    }

    /// EC2 has more operations and shapes than one method can switch over.
    private static void ec2Dispatches() {
        Ec2 ec2 = new Ec2() {
            @Override
            public DescribeVpcsResult describeVpcs(DescribeVpcsRequest in) {
                return new DescribeVpcsResult().vpcs(List.of(new Vpc().vpcId("vpc-1")));
            }
        };
        OperationSchema describe = Ec2.SCHEMA.operation("DescribeVpcs").orElseThrow();
        assertThat(ec2.call(describe.index(), describe.input().create()))
                .isInstanceOfSatisfying(Ec2.DescribeVpcsResult.class, out -> assertThat(out.vpcs())
                        .extracting(Ec2.Vpc::vpcId)
                        .containsExactly(Optional.of("vpc-1")));
        for (OperationSchema operation : Ec2.SCHEMA.operations()) {
            if (operation != describe) {
                assertThatThrownBy(() -> ec2.call(operation.index(), operation.input().create()))
                        .hasMessageContaining(operation.name());
            }
        }
    }
}
