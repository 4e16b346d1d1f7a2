package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.store.Together;
import dev.cloudjar.model.AwsError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What AWS does alike for all resources: pages, tags, the error for one that is not there.
class ShelfTest {
    record Vpc(String id, int number) implements Resource {}

    private static final AwsError.Code MISSING = AwsError.Code.of("NotFound", 404);
    private static final AwsError.Code BAD_TOKEN = AwsError.Code.of("InvalidNextToken", 400);
    private static final Kind<Vpc> KIND = Kind.of("ec2", "vpc", Vpc.class, id -> MISSING.because("no %s", id))
            .arn(id -> "vpc/" + id)
            .ids("vpc-")
            .filter("number", vpc -> Integer.toString(vpc.number()))
            .quota(200, () -> MISSING.because("too many"));

    private final World world = World.inMemory(Calls.settings(_ -> {}), List.of());
    private final Shelf<Vpc> vpcs = new Kernel(world, "ec2").shelf(KIND);

    @AfterEach
    void close() {
        world.close();
    }

    private static String id(int number) {
        return "vpc-%04d".formatted(number);
    }

    private boolean create(int number) {
        return Calls.as(() -> world.transactions().run(() -> vpcs.create(new Vpc(id(number), number), Map.of())));
    }

    private Page<Vpc> page(int limit, Optional<String> token) {
        var paging = new Paging(limit, token, () -> BAD_TOKEN.because("bad token"));
        return Calls.as(() -> world.transactions().run(() -> vpcs.page(paging, v -> v.number() % 3 != 0)));
    }

    private List<Integer> allPages(int limit) {
        List<Integer> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            Page<Vpc> page = page(limit, token);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(v -> all.add(v.number()));
            token = page.next();
        } while (token.isPresent());
        return all;
    }

    @Test
    void pagesOfAnySizeConcatenateToTheWhole() {
        for (int i = 0; i < 60; i++) {
            create(i * 37 % 60);
        }
        List<Integer> whole =
                page(1000, Optional.empty()).items().stream().map(Vpc::number).toList();

        assertThat(whole).hasSize(40).isSorted();
        for (int limit = 1; limit <= 41; limit++) {
            assertThat(allPages(limit)).isEqualTo(whole);
        }
        assertThat(page(40, Optional.empty()).next()).isEmpty();
    }

    @Test
    void whatWasThereAllTheTimeIsListedOnceWhileOthersComeAndGo() {
        for (int i = 1; i < 300; i += 6) {
            create(i);
        }
        var done = new AtomicBoolean();
        Together.run(2, random -> {
            if (done.compareAndSet(false, true)) {
                for (int i = 0; i < 20; i++) {
                    assertThat(allPages(7)).isSorted().doesNotHaveDuplicates().contains(1, 7, 145, 295);
                }
            } else {
                for (int i = 0; i < 400; i++) {
                    int number = random.nextInt(50) * 6 + 2;
                    if (!create(number)) {
                        Calls.run(() -> world.transactions().run(() -> {
                            vpcs.remove(id(number));
                            return true;
                        }));
                    }
                }
            }
        });
    }

    @Test
    void aTokenOfAnotherListingIsRefused() {
        for (int i = 0; i < 10; i++) {
            create(i);
        }
        String token = page(2, Optional.empty()).next().orElseThrow();

        assertThat(page(2, Optional.of(token)).items()).hasSize(2);
        assertThatThrownBy(() -> page(2, Optional.of(token + "A"))).hasMessage("bad token");
        assertThatThrownBy(() -> page(2, Optional.of("nonsense"))).hasMessage("bad token");
        assertThatThrownBy(() -> Calls.as(
                        Calls.ACCOUNT,
                        Calls.REGION,
                        "Other",
                        () -> world.transactions()
                                .run(() -> vpcs.page(
                                        new Paging(2, Optional.of(token), () -> BAD_TOKEN.because("bad token")),
                                        _ -> true))))
                .hasMessage("bad token");
    }

    @Test
    void tagsAreAddedReplacedTakenAwayAndGoWithTheResource() {
        Calls.run(() -> {
            assertThat(vpcs.create(new Vpc("vpc-1", 1), Map.of("a", "1"))).isTrue();
            assertThat(vpcs.create(new Vpc("vpc-1", 2), Map.of("a", "stolen"))).isFalse();
            vpcs.tag("vpc-1", Map.of("b", "2", "a", "3"));
            assertThat(vpcs.tags("vpc-1")).isEqualTo(Map.of("a", "3", "b", "2"));
            vpcs.untag("vpc-1", Set.of("a", "x"));
            assertThat(vpcs.tags("vpc-1")).isEqualTo(Map.of("b", "2"));
            vpcs.remove("vpc-1");
            vpcs.create(new Vpc("vpc-1", 3), Map.of());
            assertThat(vpcs.tags("vpc-1")).isEmpty();
        });
    }

    @Test
    void filtersAreOfTheKindAndOfTags() {
        Calls.run(() -> world.transactions().run(() -> {
            vpcs.create(new Vpc("vpc-1", 1), Map.of("Name", "one", "Env", "prod"));
            vpcs.create(new Vpc("vpc-2", 2), Map.of("Name", "two"));
            vpcs.create(new Vpc("vpc-3", 2), Map.of());
            assertThat(found(new Filter("number", List.of("2")))).containsExactly("vpc-2", "vpc-3");
            assertThat(found(new Filter("number", List.of("1", "2")), new Filter("tag:Name", List.of("t*", "one"))))
                    .containsExactly("vpc-1", "vpc-2");
            assertThat(found(new Filter("tag-key", List.of("Env")))).containsExactly("vpc-1");
            assertThat(found(new Filter("tag:Env", List.of("dev")))).isEmpty();
            assertThatThrownBy(() -> found(new Filter("colour", List.of("red"))))
                    .hasMessage("no filter colour");
            return true;
        }));
    }

    private List<String> found(Filter... filters) {
        Predicate<Vpc> keep = vpcs.filter(List.of(filters), name -> MISSING.because("no filter %s", name));
        return vpcs.all().filter(keep).map(Vpc::id).toList();
    }

    @Test
    void tagsAreHeldToAwssRules() {
        Calls.run(() -> {
            vpcs.create(new Vpc("vpc-1", 1), Map.of());
            Map<String, String> fifty = new HashMap<>();
            for (int i = 0; i < 50; i++) {
                fifty.put("key " + i, "");
            }
            vpcs.tag("vpc-1", fifty);
            vpcs.tag("vpc-1", Map.of("key 1", "x".repeat(256)));
            assertThatThrownBy(() -> vpcs.tag("vpc-1", Map.of("one", "more")))
                    .hasMessage("The resource vpc-1 may have at most 50 tags.");
            vpcs.untag("vpc-1", Set.of("key 1"));
            assertThatThrownBy(() -> vpcs.tag("vpc-1", Map.of("", "x"))).isInstanceOf(AwsError.class);
            assertThatThrownBy(() -> vpcs.tag("vpc-1", Map.of("k".repeat(129), "x")))
                    .isInstanceOf(AwsError.class);
            assertThatThrownBy(() -> vpcs.tag("vpc-1", Map.of("k", "x".repeat(257))))
                    .isInstanceOf(AwsError.class);
            assertThatThrownBy(() -> vpcs.tag("vpc-1", Map.of("AWS:k", "x"))).isInstanceOf(AwsError.class);
            assertThatThrownBy(() -> vpcs.tag("vpc-1", Map.of("k", "<x>"))).isInstanceOf(AwsError.class);
            vpcs.tag("vpc-1", Map.of("k".repeat(128), "\u00e9 _.:/=+-@"));
        });
    }

    @Test
    void oneMoreThanTheQuotaIsRefused() {
        Calls.run(() -> {
            for (int i = 0; i < 200; i++) {
                assertThat(vpcs.create(Map.of(), id -> new Vpc(id, 0)).id()).matches("vpc-[0-9a-f]{17}");
            }
            assertThatThrownBy(() -> vpcs.create(Map.of(), id -> new Vpc(id, 0)))
                    .hasMessage("too many");
        });
        assertThat(Calls.as(Calls.ACCOUNT, "us-west-2", () -> vpcs.create(Map.of(), id -> new Vpc(id, 0))))
                .isNotNull();
    }

    @Test
    void anArnLeadsBackToTheId() {
        Calls.run(() -> {
            assertThat(KIND.idIn(KIND.arnOf("vpc-1"))).contains("vpc-1");
            assertThat(KIND.idIn(Arn.here("ec2", "subnet/subnet-1"))).isEmpty();
            assertThat(KIND.idIn(Arn.here("rds", "vpc/vpc-1"))).isEmpty();
            assertThat(KIND.in(Scope.ACCOUNT).arnOf("x")).hasToString("arn:aws:ec2::111111111111:vpc/x");
            assertThat(KIND.in(Scope.WORLD).arnOf("x")).hasToString("arn:aws:ec2:::vpc/x");
        });
    }

    @Test
    void whatIsNotThereIsRefusedInAwssWords() {
        Calls.run(() -> {
            assertThatThrownBy(() -> vpcs.get("vpc-9")).hasMessage("no vpc-9");
            assertThatThrownBy(() -> vpcs.remove("vpc-9")).hasMessage("no vpc-9");
            assertThatThrownBy(() -> vpcs.update("vpc-9", v -> v)).hasMessage("no vpc-9");
            assertThat(vpcs.find("vpc-9")).isEmpty();
            assertThat(vpcs.arn("vpc-9")).hasToString("arn:aws:ec2:eu-central-1:111111111111:vpc/vpc-9");
        });
    }
}
