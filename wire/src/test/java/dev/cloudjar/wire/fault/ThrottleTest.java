package dev.cloudjar.wire.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Schemas;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A bucket gives what it holds and then what flows in; each account and region has its own.
class ThrottleTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2027-01-01T00:00:00Z"));
    private final Throttle throttle = new Throttle(now::get);

    private static OperationSchema operation(String service, String name) {
        return Schemas.open(service).operation(name).orElseThrow();
    }

    private static Call call(String account, String region) {
        var request = new Call.Request("x", "X", "1", Instant.EPOCH, "http://localhost");
        return Call.of(Principal.root(account), account, region, request);
    }

    /// How many of many calls get through at once.
    private int taken(OperationSchema operation, Call call) {
        int taken = 0;
        for (int i = 0; i < 1000; i++) {
            try {
                throttle.take(operation, call, Optional.empty());
                taken++;
            } catch (AwsError refused) {
                return taken;
            }
        }
        return taken;
    }

    @Test
    void aBucketIsEmptiedAndFilledByTheClock() {
        OperationSchema createVpc = operation("ec2", "CreateVpc");
        Call here = call("111111111111", "us-east-1");

        assertThat(taken(createVpc, here)).isEqualTo(50);
        assertThat(taken(createVpc, here)).isZero();
        now.updateAndGet(at -> at.plus(Duration.ofSeconds(2)));
        assertThat(taken(createVpc, here)).isEqualTo(10);
        now.updateAndGet(at -> at.plus(Duration.ofDays(2)));
        assertThat(taken(createVpc, here)).isEqualTo(50);
    }

    @Test
    void operationsShareABucketOrHaveTheirOwnAsAwsSays() {
        Call here = call("111111111111", "us-east-1");
        assertThat(taken(operation("ec2", "CreateVpc"), here)).isEqualTo(50);
        assertThat(taken(operation("ec2", "CreateSubnet"), here)).isZero();
        assertThat(taken(operation("ec2", "DescribeVpcs"), here)).isEqualTo(100);
        assertThat(taken(operation("ec2", "CreateVpc"), call("222222222222", "us-east-1")))
                .isEqualTo(50);
        assertThat(taken(operation("ec2", "CreateVpc"), call("111111111111", "us-west-2")))
                .isEqualTo(50);
        assertThat(taken(operation("kms", "CreateKey"), here)).isEqualTo(5);
        assertThat(taken(operation("kms", "CreateAlias"), here)).isEqualTo(5);
        assertThat(taken(operation("sqs", "SendMessage"), here)).isEqualTo(1000);
    }

    @Test
    void eachServiceSaysItInItsOwnWay() {
        assertThat(said("ec2", "CreateVpc")).isEqualTo("RequestLimitExceeded 503");
        assertThat(said("s3", "PutObject")).isEqualTo("SlowDown 503");
        assertThat(said("sqs", "SendMessage")).isEqualTo("RequestThrottled 403");
        assertThat(said("sts", "GetCallerIdentity")).isEqualTo("Throttling 400");
        assertThat(said("dynamodb", "PutItem")).isEqualTo("ThrottlingException 400");
        assertThat(said("lambda", "Invoke")).isEqualTo("TooManyRequestsException 429");
        assertThat(said("resourcegroupstaggingapi", "GetResources")).isEqualTo("ThrottledException 400");
        assertThatThrownBy(() -> {
                    throw TooMany.error(operation("kms", "CreateKey"));
                })
                .hasMessage("Rate exceeded");
    }

    private static String said(String service, String name) {
        AwsError error = TooMany.error(operation(service, name));
        return error.code().code() + ' ' + error.code().status();
    }
}
