package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Handovers.Handover;
import dev.cloudjar.kernel.Invoker;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.Time.Attempt;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.s3.Content.Stored;
import dev.cloudjar.services.s3.Contents.Arrived;
import dev.cloudjar.services.s3.Rendering.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Requests through Object Lambda access points that functions answer: the function is run, and the request waits
/// until the function has written or returned an answer.
final class Renderings implements S3 {
    static final String TASK = "rendered";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// How long an answer is kept for whoever reads it slowly.
    private static final Duration KEPT = Duration.ofHours(1);

    private static final int OK = 200;
    private static final int FIRST_FAILURE = 300;
    /// What a read may be answered with.
    private static final Set<Integer> STATUSES =
            Set.of(200, 206, 304, 400, 401, 403, 404, 405, 409, 411, 412, 416, 500, 503);

    private static final Code LAMBDA_FAILED = Code.of("LambdaInvocationFailed", 400);

    private final Kernel kernel;
    private final Doors doors;
    private final Contents contents;
    private final Table<String, Rendering> rows;

    Renderings(Parts parts) {
        this.kernel = parts.kernel();
        this.doors = parts.buckets().doors();
        this.contents = parts.contents();
        this.rows = kernel.table(Rendering.class, Scope.WORLD);
    }

    /// The answer to a read of an object, where a function gives it.
    Optional<GetObjectOutput> get(Asked in) {
        return event("GetObject", in).map(event -> {
            String token = kernel.ids().hex("", 64);
            Handover place = contents.handovers().expect(token);
            boolean handed = false;
            try {
                Rendering done = rendered(event, token);
                handed = done.state() == State.HANDED;
                return written(done, place);
            } finally {
                if (!handed) {
                    place.close();
                }
            }
        });
    }

    /// The answer to a HEAD of an object, where a function gives it.
    Optional<HeadObjectOutput> head(Asked in) {
        return event("HeadObject", in)
                .map(event -> rendered(event, kernel.ids().hex("", 64)))
                .map(done -> LambdaReturn.read(returned(done)).head(new HeadObjectOutput()));
    }

    /// The answer to a listing, where a function gives it: `out` filled.
    <S extends Struct> Optional<S> list(String operation, Asked in, S out) {
        return event(operation, in)
                .map(event -> rendered(event, kernel.ids().hex("", 64)))
                .map(done -> LambdaReturn.read(returned(done)).listing(out));
    }

    private Optional<LambdaEvent> event(String operation, Asked in) {
        return doors.find(in.bucket())
                .flatMap(door -> door.lambda()
                        .flatMap(lambda -> lambda.door().transforming(operation))
                        .map(how -> new LambdaEvent(operation, in, door, how)));
    }

    private Rendering rendered(LambdaEvent event, String token) {
        checkUse(event);
        String json = event.json(kernel, token);
        kernel.transact(() -> begin(event, token, json));
        Rendering done = kernel.time().await(PATIENCE, changed -> rows.watch(changed, token), () -> {
            Rendering now = kernel.transact(() -> rows.find(token)).orElseThrow();
            return new Attempt<>(now, !now.isWaiting(), Optional.empty());
        });
        return done.isWaiting()
                ? kernel.transact(() -> rows.updateIf(token, Rendering::isWaiting, row -> row.ended(State.LATE, ""))
                                .or(() -> rows.find(token)))
                        .orElseThrow()
                : done;
    }

    /// Refuses what a configuration does not say its function can do, and keys, which a function would see.
    private static void checkUse(LambdaEvent event) {
        var allowed = event.lambda().door().read().allowedFeatures();
        boolean range = event.in().has("Range") && !allowed.contains(event.operation() + "-Range");
        boolean part = event.in().has("PartNumber") && !allowed.contains(event.operation() + "-PartNumber");
        if (range || part || event.in().has("SSECustomerAlgorithm")) {
            throw Code.of("NotImplemented", 501)
                    .because("A header you provided implies functionality that is not implemented");
        }
    }

    private Rendering begin(LambdaEvent event, String token, String json) {
        Arn function = Arn.parse(LambdaDoors.function(event.how())).orElseThrow();
        Invoker invoker = kernel.port(Invoker.class)
                .orElseThrow(() -> LAMBDA_FAILED.because(
                        "Lambda function invocation failed. There is no Lambda service in this cloud that could run"
                                + " %s.",
                        function));
        try {
            invoker.start(function, json, new Invoker.Reply(S3Service.ID, TASK, token, !event.isRead()));
        } catch (AwsError refused) {
            boolean missing = refused.code().status() == 404;
            Code code = missing ? Code.of("LambdaNotFound", 404) : LAMBDA_FAILED;
            throw code.because(
                    "%s %s: %s",
                    missing ? "The AWS Lambda function was not found." : "Lambda function invocation failed.",
                    refused.code().code(),
                    refused.message());
        }
        String owner = event.lambda().arn().account();
        return rows.put(Rendering.waiting(token, owner, kernel.time().now().plus(KEPT)));
    }

    /// What the agenda is told once a function has ended: it counts where the function has not written before.
    void ended(String reply) {
        int line = reply.indexOf('\n');
        String token = line < 0 ? reply : reply.substring(0, line);
        String rest = line < 0 ? "" : reply.substring(line + 1);
        boolean failed = !rest.isEmpty() && !rest.startsWith("\n");
        State state = failed ? State.FAILED : State.RETURNED;
        rows.updateIf(token, Rendering::isWaiting, row -> row.ended(state, rest.strip()));
    }

    private static String returned(Rendering done) {
        checkEnd(done);
        return done.text();
    }

    /// Object Lambda's refusals where there is no answer.
    private static void checkEnd(Rendering done) {
        switch (done.state()) {
            case WAITING, LATE ->
                throw Refusals.of("LambdaTimeout", 500, "The Lambda function did not respond in the allowed time.");
            case FAILED -> throw Refusals.of("LambdaRuntimeError", 500, "The Lambda function failed during execution.");
            case REFUSED -> throw Refusals.of("LambdaInvalidResponse", 400, done.text());
            case WRITTEN, HANDED, RETURNED -> {}
        }
    }

    private GetObjectOutput written(Rendering done, Handover place) {
        checkEnd(done);
        if (done.state() == State.RETURNED) {
            throw Refusals.of(
                    "LambdaResponseNotReceived",
                    500,
                    "The Lambda exited without successfully calling WriteGetObjectResponse.");
        }
        var head = StructJson.read(done.text(), new WriteGetObjectResponseRequest());
        int status = head.statusCode().orElse(OK);
        if (status >= FIRST_FAILURE) {
            throw LambdaReturn.failed(status, head.errorCode(), head.errorMessage());
        }
        GetObjectOutput out = GetObjectOutput.from(head);
        if (done.state() == State.HANDED) {
            OptionalLong length = head.contentLength().map(OptionalLong::of).orElse(OptionalLong.empty());
            return out.body(Body.of(length, place.take()));
        }
        long size = head.contentLength().orElseThrow();
        return out.body(contents.open(done.body(), Optional.empty(), new Bytes(0, size)));
    }

    @Override
    @OutsideTransaction
    public WriteGetObjectResponseResponse writeGetObjectResponse(WriteGetObjectResponseRequest in) {
        String token = in.requestToken();
        Rendering asked = kernel.transact(() -> rows.find(token))
                .filter(row -> in.requestRoute().equals(LambdaEvent.ROUTE))
                .orElseThrow(() -> invalid("The request token or route is not valid."));
        if (!asked.account().equals(Call.current().principal().account())) {
            throw Refusals.denied();
        }
        if (!asked.isWaiting()) {
            throw used();
        }
        Body body = in.body().orElse(Body.of(Blob.EMPTY));
        Optional<Handover> place = contents.handovers().find(token).filter(_ -> isHandedOver(in, body));
        if (place.isPresent()) {
            hand(in, body, place.get());
            return new WriteGetObjectResponseResponse();
        }
        try (Arrived arrived = contents.take(body, Optional.empty(), Optional.empty())) {
            check(in, token, arrived.size());
            take(in, Optional.of(arrived.size()), State.WRITTEN, arrived.stored());
        }
        return new WriteGetObjectResponseResponse();
    }

    private void hand(WriteGetObjectResponseRequest in, Body body, Handover place) {
        check(in, in.requestToken(), 0);
        OptionalLong length = body.length();
        take(in, length.isPresent() ? Optional.of(length.getAsLong()) : Optional.empty(), State.HANDED, Stored.EMPTY);
        try {
            place.give(Contents.open(body));
        } catch (IOException broken) {
            throw Contents.incomplete();
        }
    }

    /// What comes piece by piece goes on so where the read waits in this process; not what refuses the read.
    private static boolean isHandedOver(WriteGetObjectResponseRequest in, Body body) {
        boolean refusing = in.errorCode().isPresent() || in.errorMessage().isPresent();
        return body instanceof Body.Streamed && !refusing && in.statusCode().orElse(OK) < FIRST_FAILURE;
    }

    /// Sets down that the waiting read is answered, which happens once.
    private void take(WriteGetObjectResponseRequest in, Optional<Long> length, State how, Stored body) {
        var head = WriteGetObjectResponseRequest.from(in).contentLength(length);
        head.shape().member("Body").ifPresent(member -> head.set(member, null));
        String text = StructJson.write(head);
        Optional<Rendering> taken = kernel.transact(
                () -> rows.updateIf(in.requestToken(), Rendering::isWaiting, row -> row.ended(how, text, body)));
        if (taken.isEmpty()) {
            throw used();
        }
    }

    /// Refuses an answer that no GetObject could have, and has the waiting request refused as well.
    private void check(WriteGetObjectResponseRequest in, String token, long size) {
        int status = in.statusCode().orElse(OK);
        boolean error = in.errorCode().isPresent() || in.errorMessage().isPresent();
        String wrong = "";
        if (!STATUSES.contains(status)) {
            wrong = "The status code " + status + " is not valid.";
        } else if (error && (status < FIRST_FAILURE || size > 0)) {
            wrong = "An error code or message cannot be used with a successful status code or with a body.";
        } else if (in.errorCode()
                .filter(code -> !code.matches("[A-Z][a-zA-Z]+"))
                .isPresent()) {
            wrong = "The error code is not valid.";
        }
        if (!wrong.isEmpty()) {
            String why = wrong;
            kernel.transact(() -> rows.updateIf(token, Rendering::isWaiting, row -> row.ended(State.REFUSED, why)));
            throw invalid(why);
        }
    }

    private static AwsError used() {
        return invalid("The request token has been used already, or the request does not wait any longer.");
    }

    private static AwsError invalid(String message) {
        return Refusals.of("ValidationError", 400, message);
    }
}
