package dev.cloudjar.wire;

import dev.cloudjar.kernel.Bound;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.auth.Identity;
import dev.cloudjar.wire.form.FormUpload;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.route.Routing.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request on its way through the stages: each adds what it found out, and later ones rely on it. Belongs
/// to the request's thread.
final class Exchange {
    private final String requestId;
    private HttpRequest request;
    private @Nullable Route route;
    private @Nullable Identity identity;
    private Optional<FormUpload> form = Optional.empty();
    private Optional<Bound> bound = Optional.empty();
    private @Nullable Struct input;
    private @Nullable Struct output;
    private @Nullable Call call;
    private @Nullable HttpResponse response;

    Exchange(HttpRequest request, String requestId) {
        this.request = request;
        this.requestId = requestId;
    }

    String requestId() {
        return requestId;
    }

    HttpRequest request() {
        return request;
    }

    void request(HttpRequest changed) {
        request = changed;
    }

    /// Where the request goes, if that is known yet.
    Optional<Route> found() {
        return Optional.ofNullable(route);
    }

    Route route() {
        return set(route);
    }

    void route(Route found) {
        route = found;
    }

    OperationSchema operation() {
        return route().operation();
    }

    Protocol protocol() {
        return route().protocol();
    }

    Identity identity() {
        return set(identity);
    }

    /// Who sent the request, if an earlier stage has found out.
    Optional<Identity> vouched() {
        return Optional.ofNullable(identity);
    }

    /// The form that the request came as, if it did.
    Optional<FormUpload> form() {
        return form;
    }

    void form(FormUpload read) {
        form = Optional.of(read);
    }

    void identity(Identity found) {
        identity = found;
    }

    /// The service, where it is built.
    Optional<Bound> bound() {
        return bound;
    }

    /// The service, where the operation is built.
    Optional<Bound> built() {
        return bound.filter(service -> service.implementsOperation(operation()));
    }

    void bound(Optional<Bound> found) {
        bound = found;
    }

    Struct input() {
        return set(input);
    }

    void input(Struct decoded) {
        input = decoded;
    }

    Call call() {
        return set(call);
    }

    /// The call, if it is known yet who makes it.
    Optional<Call> made() {
        return Optional.ofNullable(call);
    }

    void call(Call made) {
        call = made;
    }

    Struct output() {
        return set(output);
    }

    void output(Struct answered) {
        output = answered;
    }

    HttpResponse response() {
        return set(response);
    }

    void response(HttpResponse encoded) {
        response = encoded;
    }

    private static <T> T set(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("an earlier stage should have found this");
        }
        return value;
    }
}
