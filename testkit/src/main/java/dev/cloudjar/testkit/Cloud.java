package dev.cloudjar.testkit;

import dev.cloudjar.testkit.Running.Mode;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// A whole cloud, in memory and empty at first. On Java 25 and later it is an object of this JVM; on 17 and 21
/// it lives in a process that ends with this one.
public final class Cloud implements AutoCloseable {
    private static final String SEED = "--seed";
    private static final String CLOCK = "--clock";

    /// Where the clock stands in a cloud with a seed, unless it is told otherwise.
    private static final Instant BEGINNING = Instant.parse("2030-01-01T00:00:00Z");

    private static final int MOST_SEEDS = 1_000_000;
    private static final int SHOWN = 20;

    private final Running running;
    private final long seed;
    private final Admin admin;
    private final Clients clients;
    private final Account account;
    private final AtomicInteger snapshots = new AtomicInteger();

    private Cloud(Running running, List<String> options, long seed) {
        this.running = running;
        this.seed = seed;
        this.admin = new Admin(running);
        this.clients = new Clients(running);
        this.account = new Account(
                option(options, "--account", "000000000000"), option(options, "--region", "us-east-1"), clients);
    }

    /// Starts a cloud. The options are those of `cloudjar start`: `--region=eu-west-1`,
    /// `--account=111111111111`, `--realistic-delays`. With `--seed=7` it makes the same ids every time, and
    /// its clock stands at the beginning of 2030, or where `--clock` says, until it is moved.
    public static Cloud start(String... options) {
        return start(Mode.automatic(), options);
    }

    static Cloud start(Mode mode, String... options) {
        return start(mode, OptionalLong.empty(), options);
    }

    /// The same, with the ids of an earlier cloud whose seed is known, where the options have none.
    static Cloud start(Mode mode, OptionalLong repeated, String... options) {
        var all = new ArrayList<>(Arrays.asList(options));
        String given = option(all, SEED, "");
        if (!given.isEmpty() && option(all, CLOCK, "").isEmpty()) {
            all.add(CLOCK + "=" + BEGINNING);
        }
        long seed = given.isEmpty() ? repeated.orElseGet(Cloud::anySeed) : Long.parseLong(given);
        if (given.isEmpty()) {
            all.add(SEED + "=" + seed);
        }
        return new Cloud(Running.start(mode, all), all, seed);
    }

    private static long anySeed() {
        return new SecureRandom().nextInt(MOST_SEEDS);
    }

    private static String option(List<String> options, String name, String otherwise) {
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            if (option.startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
            if (option.equals(name) && i + 1 < options.size()) {
                return options.get(i + 1);
            }
        }
        return otherwise;
    }

    /// The number from which all ids of this cloud come: `--seed` with it makes them again.
    public long seed() {
        return seed;
    }

    /// The address for clients that need one: other SDKs, presigned URLs, processes. The port opens when this
    /// is first asked for.
    public URI endpoint() {
        return URI.create("http://localhost:" + running.port());
    }

    /// The default account, in the default region.
    public Account account() {
        return account;
    }

    /// Any account, by its twelve digits: none has to be made first.
    public Account account(String id) {
        return new Account(id, account.region(), clients);
    }

    /// What whoever has assumed the role sees of its account, in the default region: its clients may do what the
    /// role may. Nobody is asked whom the role trusts, and the session does not expire.
    public Account as(String roleArn) {
        return new Account(roleArn.split(":", -1)[4], account.region(), admin.session(roleArn), clients);
    }

    /// A client of the AWS SDK, such as `SqsClient` or `S3AsyncClient`, of the default account and region. It
    /// is closed with the cloud.
    public <C> C client(Class<C> type) {
        return account.client(type);
    }

    /// What time it is in the cloud.
    public Instant now() {
        return admin.now();
    }

    /// Moves the clock on. What is due on the way happens in order, and has happened when this returns.
    public void advance(Duration duration) {
        admin.moveClock("{\"advance\":\"" + duration + "\"}");
    }

    /// Moves the clock to `then`.
    public void moveTo(Instant then) {
        admin.moveClock("{\"set\":\"" + then + "\"}");
    }

    /// Stops the clock: time passes only when it is moved. A long poll that finds nothing then waits until it is.
    public void freeze() {
        admin.moveClock("{\"freeze\":true}");
    }

    /// Empties the cloud, and lets its clock follow the real one again.
    public void reset() {
        admin.reset();
    }

    /// Keeps all that is in the cloud, to be restored or compared with.
    public Snapshot snapshot() {
        return admin.snapshot("testkit-" + snapshots.incrementAndGet());
    }

    /// Makes the cloud what it was, its clock included.
    public void restore(Snapshot snapshot) {
        admin.restore(snapshot);
    }

    /// What has changed since `before`.
    public Diff diff(Snapshot before) {
        return admin.diff(before);
    }

    /// The latest calls, at most 1,024, in the order in which they ended.
    public List<ApiCall> calls() {
        return admin.calls();
    }

    /// What policies decided about a call, and why. Whoever asks as the root user of an account that owns what it
    /// asks for needs no decision.
    public List<Decision> why(ApiCall call) {
        return admin.why(call.requestId());
    }

    /// The smallest policy that allows all that a role, named by its ARN, has been allowed so far, as JSON.
    public String leastPrivilege(String roleArn) {
        return admin.leastPrivilege(roleArn);
    }

    /// What goes wrong in this cloud, which is nothing until it is asked for.
    public Faults faults() {
        return new Faults(admin);
    }

    /// The latest events of services, at most 1,024, oldest first.
    public List<Event> events() {
        return admin.events();
    }

    /// The seed and the latest calls, as a test that fails shows them.
    @Override
    public String toString() {
        List<ApiCall> calls = calls();
        String latest = calls.stream()
                .skip(Math.max(0, calls.size() - SHOWN))
                .map(call -> "\n    " + call)
                .collect(Collectors.joining());
        return "a cloud with the seed " + seed + (latest.isEmpty() ? ", not called yet" : "; its latest calls:")
                + latest;
    }

    /// Ends the cloud and its clients. Nothing is left of it.
    @Override
    public void close() {
        clients.close();
        running.close();
    }
}
