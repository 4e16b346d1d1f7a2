package dev.cloudjar.app;

import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.policy.Judge;
import dev.cloudjar.wire.CallLog;
import dev.cloudjar.wire.Pipeline;
import dev.cloudjar.wire.Schemata;
import dev.cloudjar.wire.auth.Authenticator;
import dev.cloudjar.wire.http.HttpHandler;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// All that one address answers: AWS's APIs, the admin API, and refusals to strangers.
final class Server implements HttpHandler, AutoCloseable {
    private final HostGuard guard;
    private final Admin admin;
    private final Branches branches;
    private final Pipeline pipeline;

    Server(World world, Options options, RootKey root, Consumer<Throwable> failures) {
        var schemata = new Schemata(world);
        var keys = new IssuedKeys(world, root);
        world.judgedBy(new Judge(world, false));
        this.guard = new HostGuard(options.address().names());
        var calls = new CallLog(world.time());
        this.branches = new Branches(world, (branch, port) -> Cloud.over(branch, options.at(port), root, failures));
        this.admin = new Admin(world, schemata, calls, branches);
        this.pipeline = new Pipeline(
                world,
                new Pipeline.Parts(
                        schemata,
                        new Authenticator(keys, root.rules()),
                        keys,
                        Set.copyOf(options.flags().services()),
                        calls,
                        failures));
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        Optional<HttpResponse> refusal = guard.refuse(request);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<HttpResponse> preflight = Cors.preflight(request);
        HttpResponse response = preflight.isPresent() ? preflight.get() : answer(request);
        return Cors.readable(request, response);
    }

    private HttpResponse answer(HttpRequest request) throws IOException {
        return Admin.isFor(request) ? admin.answer(request) : pipeline.handle(request);
    }

    /// Closes the branches; the world itself is closed by whoever opened it.
    @Override
    public void close() {
        branches.close();
    }
}
