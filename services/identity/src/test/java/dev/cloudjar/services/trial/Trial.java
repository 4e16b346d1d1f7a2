package dev.cloudjar.services.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.World.Settings;
import dev.cloudjar.kernel.store.Durability;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Services in a world of their own, called as the pipeline calls them: in the account and region of the
/// resource. The clock stands still until a test moves it.
public final class Trial implements AutoCloseable {
    public static final String ACCOUNT = "111122223333";
    public static final String OTHER = "444455556666";
    public static final String REGION = "eu-central-1";

    private final World world;
    private final String account;
    private final String region;
    private final Principal caller;

    private Trial(World world, String account, String region, Principal caller) {
        this.world = world;
        this.account = account;
        this.region = region;
        this.caller = caller;
    }

    public static Trial of(Service.Entry... services) {
        return in(settings(), services);
    }

    /// The same where what changes in IAM takes its time, and services may tell the operator things.
    public static Trial telling(Duration propagation, Service.Entry... services) {
        return in(settings(_ -> {}, propagation), services);
    }

    private static Trial in(Settings settings, Service.Entry... services) {
        World world = World.inMemory(settings, List.of(services));
        world.freezeClock();
        return over(world);
    }

    /// The same over a world that is there already.
    public static Trial over(World world) {
        return new Trial(world, ACCOUNT, REGION, Principal.root(ACCOUNT));
    }

    public static Settings settings() {
        Consumer<String> log = problem -> {
            throw new AssertionError(problem);
        };
        return settings(log, Duration.ZERO);
    }

    private static Settings settings(Consumer<String> log, Duration propagation) {
        return new Settings(
                ACCOUNT, REGION, false, Durability.OS, OptionalLong.of(1), log, Optional.empty(), propagation);
    }

    /// The same world seen from another account or region.
    public Trial as(String otherAccount, String otherRegion) {
        return new Trial(world, otherAccount, otherRegion, Principal.root(otherAccount));
    }

    /// The same world as somebody else calls it.
    public Trial by(Principal other) {
        return new Trial(world, other.account(), region, other);
    }

    /// A new user, who may do nothing yet.
    public Principal user(String name) {
        Iam.CreateUserResponse made = call(new Iam.CreateUserRequest().userName(name));
        Iam.User user = made.user().orElseThrow();
        return new Principal(user.arn(), account, user.userId());
    }

    public World world() {
        return world;
    }

    public Instant now() {
        return world.time().now();
    }

    public void pass(Duration time) {
        world.advanceClock(time);
    }

    @SuppressWarnings("unchecked")
    public <R extends Struct> R call(Struct request) {
        String service = request.getClass().getEnclosingClass().getSimpleName().toLowerCase(Locale.ROOT);
        Bound bound = world.service(service).orElseThrow();
        OperationSchema operation = bound.schema().operations().stream()
                .filter(each -> each.input().name().equals(request.shape().name()))
                .findFirst()
                .orElseThrow();
        Call call = call(service, operation.name());
        return (R) call.run(() -> bound.service()
                .home(operation, request)
                .map(arn -> call.in(
                        arn.account().isEmpty() ? account : arn.account(),
                        arn.region().isEmpty() ? region : arn.region()))
                .orElse(call)
                .run(() -> bound.call(operation, request)));
    }

    private Call call(String service, String operation) {
        var asked = new Call.Request(service, operation, "request", now(), "http://localhost:4566");
        return Call.of(caller, account, region, asked);
    }

    /// Does `work` as another service would, in a call of this account.
    public <R> R within(Supplier<R> work) {
        return call("s3", "PutObject").run(work::get);
    }

    /// What a refused call answered: the code, and the message behind a space.
    public static String refusal(Runnable call) {
        AwsError error = catchThrowableOfType(AwsError.class, call::run);
        assertThat(error).as("the call was not refused").isNotNull();
        return (error.code().code() + ' ' + error.message()).strip();
    }

    @Override
    public void close() {
        world.close();
    }
}
