package dev.cloudjar.app;

import dev.cloudjar.kernel.Sites;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.wire.CallLog;
import dev.cloudjar.wire.Pipeline;
import dev.cloudjar.wire.Schemata;
import dev.cloudjar.wire.auth.Authenticator;
import dev.cloudjar.wire.fault.Faults;
import dev.cloudjar.wire.fault.Throttle;
import dev.cloudjar.wire.http.HttpHandler;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// All that one address answers: AWS's APIs, the admin API, and refusals to strangers.
final class Server implements HttpHandler, AutoCloseable {
    private final HostGuard guard;
    private final BucketSites sites;
    private final TokenKeys tokenKeys;
    private final Admin admin;
    private final Branches branches;
    private final Pipeline pipeline;

    Server(World world, Options options, RootKey root, InitHooks hooks, Consumer<Throwable> failures) {
        var schemata = new Schemata(world);
        var keys = new IssuedKeys(world, root);
        var judge = new Judge(world, options.flags().audit());
        world.judgedBy(judge);
        this.sites = new BucketSites(world);
        this.tokenKeys = new TokenKeys(world);
        this.guard = new HostGuard(options.address().names());
        var calls = new CallLog(world.time());
        this.branches = new Branches(world, (branch, port) -> Cloud.over(branch, options.at(port), root, failures));
        var faults = new Faults(world);
        this.admin = new Admin(world, schemata, new Admin.Views(calls, branches, hooks, judge.rulings(), faults));
        if (options.flags().throttle()) {
            world.meter().keepRates(world.time());
        }
        this.pipeline = new Pipeline(
                world,
                new Pipeline.Parts(
                        schemata,
                        new Authenticator(keys, root.rules()),
                        options.flags().worldlySignatures() ? world.time() : InstantSource.system(),
                        keys,
                        Set.copyOf(options.flags().services()),
                        calls,
                        new Pipeline.Disturbances(
                                faults,
                                options.flags().throttle()
                                        ? Optional.of(new Throttle(world.time()))
                                        : Optional.empty()),
                        failures));
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        Optional<String> bucket = guard.mayBeAsked(request) ? sites.asked(request) : Optional.empty();
        return bucket.isPresent() ? shared(request, bucket.get()) : guarded(request);
    }

    /// A page's use of a bucket, which the bucket's owner has the say in.
    private HttpResponse shared(HttpRequest request, String bucket) throws IOException {
        boolean asks = request.method().equals("OPTIONS") && request.headers().has("Access-Control-Request-Method");
        if (asks) {
            return sites.preflight(request, bucket);
        }
        Optional<Sites.Leave> leave = sites.leave(request, bucket);
        if (leave.isEmpty()) {
            // Nothing lets the page see the answer, and reading changes nothing.
            boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
            return reads ? answer(request) : guarded(request);
        }
        HttpResponse response = answer(request);
        BucketSites.tell(leave.get(), response.headers());
        return response;
    }

    private HttpResponse guarded(HttpRequest request) throws IOException {
        Optional<HttpResponse> refusal = guard.refuse(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<HttpResponse> preflight = Cors.preflight(request);
        HttpResponse response = preflight.isPresent() ? preflight.get() : answer(request);
        return Cors.readable(request, response);
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        Optional<HttpResponse> page = sites.page(request).or(() -> tokenKeys.page(request));
        if (page.isPresent()) {
            return page.get();
        }
        return Admin.isFor(request) ? admin.answer(request) : pipeline.handle(request);
    }

    /// Brings back the branches that are kept.
    void resumeBranches() throws IOException {
        branches.resume();
    }

    /// Closes the branches; the world itself is closed by whoever opened it.
    @Override
    public void close() {
        branches.close();
    }
}
