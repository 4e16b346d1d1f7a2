package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.Tagging.Tagged;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The tags of all services' resources are read and set by ARN, whatever their scope, and never anybody else's.
class TaggingTest {
    record Queue(String id) implements Resource {}

    record Role(String id) implements Resource {}

    record Bucket(String id, String account, String region) implements Resource {}

    private static final AwsError.Code MISSING = AwsError.Code.of("Missing", 404);
    private static final Kind<Queue> QUEUE = Kind.of("sqs", "queue", Queue.class, MISSING::because);
    private static final Kind<Role> ROLE = Kind.of("iam", "role", Role.class, MISSING::because)
            .arn(id -> "role/" + id)
            .in(Scope.ACCOUNT);
    private static final Kind<Bucket> BUCKET = Kind.of("s3", "bucket", Bucket.class, MISSING::because)
            .ownedBy(bucket -> new Kind.Owner(bucket.account(), bucket.region()));

    /// A service of one kind.
    private record Keeper(Kind<?> kind) implements Service {
        @Override
        public List<Api> parts() {
            return List.of(new Notes.NotesApi() {});
        }

        @Override
        public List<Kind<?>> kinds() {
            return List.of(kind);
        }
    }

    @AutoClose
    private final World world = World.inMemory(
            Calls.settings(_ -> {}),
            List.of(
                    new Service.Entry("sqs", _ -> new Keeper(QUEUE)),
                    new Service.Entry("iam", _ -> new Keeper(ROLE)),
                    new Service.Entry("s3", _ -> new Keeper(BUCKET))));

    private final Shelf<Queue> queues = new Kernel(world, "sqs").shelf(QUEUE);
    private final Shelf<Role> roles = new Kernel(world, "iam").shelf(ROLE);
    private final Shelf<Bucket> buckets = new Kernel(world, "s3").shelf(BUCKET);
    private final Tagging tagging = new Kernel(world, "tagging").tagging();

    private void in(String account, String region, Runnable work) {
        Calls.as(
                account,
                region,
                () -> world.transactions().run(() -> {
                    work.run();
                    return true;
                }));
    }

    private void fill() {
        in("1", "us-east-1", () -> {
            queues.create(new Queue("a"), Map.of("k", "queue"));
            queues.create(new Queue("plain"), Map.of());
            roles.create(new Role("a"), Map.of("k", "role"));
            buckets.create(new Bucket("a", "1", "us-east-1"), Map.of("k", "bucket"));
            buckets.create(new Bucket("far", "1", "eu-west-1"), Map.of("k", "far"));
        });
    }

    private List<String> arns() {
        return tagging.all().stream().map(Tagged::arn).map(Arn::toString).toList();
    }

    @Test
    void eachAccountAndRegionSeesItsOwn() {
        fill();

        in(
                "1",
                "us-east-1",
                () -> assertThat(arns())
                        .containsExactly("arn:aws:iam::1:role/a", "arn:aws:s3:::a", "arn:aws:sqs:us-east-1:1:a"));
        in("1", "eu-west-1", () -> assertThat(arns()).containsExactly("arn:aws:s3:::far"));
        in("2", "us-east-1", () -> assertThat(arns()).isEmpty());
    }

    @Test
    void tagsAreSetAndTakenAwayByArn() {
        fill();
        in("1", "us-east-1", () -> {
            for (String text : List.of("arn:aws:iam::1:role/a", "arn:aws:s3:::a", "arn:aws:sqs:us-east-1:1:plain")) {
                Arn arn = Arn.parse(text).orElseThrow();
                assertThat(tagging.tag(arn, Map.of("more", "x"))).isTrue();
                assertThat(tagging.untag(arn, Set.of("k"))).isTrue();
            }
            assertThat(roles.tags("a")).isEqualTo(Map.of("more", "x"));
            assertThat(buckets.tags("a")).isEqualTo(Map.of("more", "x"));
            assertThat(queues.tags("plain")).isEqualTo(Map.of("more", "x"));
        });
    }

    @Test
    void whatIsNotThereIsNotTagged() {
        fill();
        in("1", "us-east-1", () -> {
            for (String text : List.of(
                    "arn:aws:iam::1:role/b",
                    "arn:aws:iam::2:role/a",
                    "arn:aws:iam::1:user/a",
                    "arn:aws:s3:::far",
                    "arn:aws:sqs:us-west-2:1:a",
                    "arn:aws:sns:us-east-1:1:a")) {
                assertThat(tagging.tag(Arn.parse(text).orElseThrow(), Map.of("x", "y")))
                        .as(text)
                        .isFalse();
            }
            assertThatThrownBy(() -> tagging.tag(Arn.parse("arn:aws:s3:::a").orElseThrow(), Map.of("aws:x", "y")))
                    .isInstanceOf(AwsError.class);
        });
    }
}
