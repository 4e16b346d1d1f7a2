package dev.cloudjar.services.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// EC2 in a world of its own whose clock stands still; each call is one of the pipeline's.
final class Ec2UnderTest implements AutoCloseable {
    static final String ACCOUNT = "111122223333";

    private final World world;
    private final String region;

    private Ec2UnderTest(World world, String region) {
        this.world = world;
        this.region = region;
    }

    static Ec2UnderTest fresh() {
        return fresh(false);
    }

    static Ec2UnderTest fresh(boolean realisticDelays) {
        var settings = new World.Settings(
                ACCOUNT,
                "us-east-1",
                realisticDelays,
                Durability.OS,
                OptionalLong.of(1),
                _ -> {},
                Optional.empty(),
                Duration.ZERO);
        World world = World.inMemory(settings, List.of(new Service.Entry("ec2", Ec2Service::new)));
        world.freezeClock();
        return new Ec2UnderTest(world, "us-east-1");
    }

    Ec2UnderTest in(String other) {
        return new Ec2UnderTest(world, other);
    }

    World world() {
        return world;
    }

    @SuppressWarnings("unchecked")
    <R extends Struct> R call(Struct request) {
        String shape = request.shape().name();
        OperationSchema operation = Ec2.SCHEMA
                .operation(shape.substring(0, shape.length() - "Request".length()))
                .orElseThrow();
        var asked = new Call.Request(
                "ec2", operation.name(), world.ids().uuid(), world.time().now(), "http://localhost");
        Bound bound = world.service("ec2").orElseThrow();
        return (R) Call.of(Principal.root(ACCOUNT), ACCOUNT, region, asked).run(() -> bound.call(operation, request));
    }

    /// How a call is refused: its code and its message.
    String refusal(Struct request) {
        AwsError error = catchThrowableOfType(AwsError.class, () -> call(request));
        assertThat(error).as("the call was not refused").isNotNull();
        return error.code().code() + ": " + error.message();
    }

    String vpc(String cidr) {
        return this.<Ec2.CreateVpcResult>call(new Ec2.CreateVpcRequest().cidrBlock(cidr))
                .vpc()
                .orElseThrow()
                .vpcId()
                .orElseThrow();
    }

    String subnet(String vpc, String cidr) {
        return this.<Ec2.CreateSubnetResult>call(
                        new Ec2.CreateSubnetRequest().vpcId(vpc).cidrBlock(cidr))
                .subnet()
                .orElseThrow()
                .subnetId()
                .orElseThrow();
    }

    String group(String vpc, String name) {
        return this.<Ec2.CreateSecurityGroupResult>call(new Ec2.CreateSecurityGroupRequest()
                        .vpcId(vpc)
                        .groupName(name)
                        .description("for " + name))
                .groupId()
                .orElseThrow();
    }

    Ec2.SecurityGroup described(String group) {
        return this.<Ec2.DescribeSecurityGroupsResult>call(
                        new Ec2.DescribeSecurityGroupsRequest().groupIds(List.of(group)))
                .securityGroups()
                .getFirst();
    }

    static Ec2.Filter filter(String name, String... values) {
        return new Ec2.Filter().name(name).values(List.of(values));
    }

    static List<Ec2.TagSpecification> tagged(String type, String key, String value) {
        return List.of(new Ec2.TagSpecification()
                .resourceType(type)
                .tags(List.of(new Ec2.Tag().key(key).value(value))));
    }

    @Override
    public void close() {
        world.close();
    }
}
