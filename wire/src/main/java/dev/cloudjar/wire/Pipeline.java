package dev.cloudjar.wire;

import dev.cloudjar.kernel.Witness;
import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.StoreException;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.auth.Authenticator;
import dev.cloudjar.wire.fault.Faults;
import dev.cloudjar.wire.fault.HungUp;
import dev.cloudjar.wire.fault.Throttle;
import dev.cloudjar.wire.http.HttpHandler;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.protocol.Codecs;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What happens to a request, from the first byte to the last: the one list of stages.
public final class Pipeline implements HttpHandler {
    private static final AwsError.Code INTERNAL_FAILURE = AwsError.Code.of("InternalFailure", 500);
    private static final AwsError.Code UNAVAILABLE = AwsError.Code.of("ServiceUnavailable", 503);

    private final World world;
    private final Refusing refusing;
    private final CallLog calls;
    private final Consumer<Throwable> failures;
    private final List<Stage> stages;

    /// What a pipeline is made of besides its world. Signatures age by the `signatureClock`; `enabled` are the
    /// services to offer, none for all; `calls` are told of every call, `failures` of what is our fault.
    public record Parts(
            Schemata schemata,
            Authenticator authenticator,
            InstantSource signatureClock,
            Principals principals,
            Set<String> enabled,
            CallLog calls,
            Disturbances disturbances,
            Consumer<Throwable> failures) {}

    /// What is to go wrong on purpose: the faults, and AWS's request rates where they are to be kept.
    public record Disturbances(Faults faults, Optional<Throttle> throttle) {}

    public Pipeline(World world, Parts parts) {
        var codecs = new Codecs();
        this.world = world;
        this.calls = parts.calls();
        this.failures = parts.failures();
        this.refusing = new Refusing(codecs, parts.schemata());
        this.stages = List.of(
                new Routed(parts.schemata(), world, parts.enabled()),
                new Formed(parts.authenticator(), parts.signatureClock()),
                new Authenticated(parts.authenticator(), parts.principals(), world, parts.signatureClock()),
                new Decoded(codecs),
                new Validated(),
                new Authorized(world),
                new Disturbed(
                        parts.disturbances().faults(), parts.disturbances().throttle()),
                new Called(),
                new Recorded(world, calls),
                new Encoded(codecs));
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var exchange = new Exchange(request, world.ids().uuid());
        try {
            for (Stage stage : stages) {
                stage.run(exchange);
            }
            return witnessed(exchange, exchange.response(), "");
        } catch (Refused refused) {
            return refusing.answer(refused, exchange.requestId());
        } catch (AwsError error) {
            return refuse(error, exchange);
        } catch (HungUp onPurpose) {
            calls.add(exchange, "(connection reset)");
            return HttpResponse.RESET;
        } catch (StoreException full) {
            failures.accept(full);
            return refuse(UNAVAILABLE.because("%s", full.getMessage()), exchange);
        } catch (RuntimeException | StackOverflowError ours) {
            failures.accept(ours);
            return refuse(INTERNAL_FAILURE.because("We encountered an internal error. Please try again."), exchange);
        }
    }

    private HttpResponse refuse(AwsError error, Exchange exchange) {
        if (exchange.found().isPresent()) {
            calls.add(exchange, error.code().code());
        }
        return witnessed(
                exchange, refusing.answer(error, exchange), error.code().code());
    }

    /// Tells the service of its answer, where it wants to know; who called must be known by then.
    private HttpResponse witnessed(Exchange exchange, HttpResponse response, String error) {
        if (exchange.made().isPresent()
                && exchange.bound().isPresent()
                && exchange.bound().get().service() instanceof Witness witness) {
            HttpRequest request = exchange.request();
            String uri = request.query().isEmpty() ? request.path() : request.path() + '?' + request.query();
            var asked = new Witness.Asked(
                    exchange.operation(), exchange.route().labels(), request.method(), uri, request.host());
            var answer =
                    new Witness.Answer(response.status(), error, response.body().length());
            try {
                exchange.call().run(() -> {
                    witness.answered(asked, answer);
                    return true;
                });
            } catch (StoreException full) {
                failures.accept(full);
            }
        }
        return response;
    }

    /// A request that goes nowhere: there is no operation, but a protocol in which to say so.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient AwsError error;
        private final Protocol protocol;
        private final String service;

        Refused(AwsError error, Protocol protocol, String service) {
            super(error.message(), null, false, false);
            this.error = error;
            this.protocol = protocol;
            this.service = service;
        }

        AwsError error() {
            return error;
        }

        Protocol protocol() {
            return protocol;
        }

        String service() {
            return service;
        }
    }
}
