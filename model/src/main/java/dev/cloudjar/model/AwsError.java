package dev.cloudjar.model;

import dev.cloudjar.model.StructShape.ErrorFacts;
import dev.cloudjar.model.StructShape.Flag;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An answer that refuses: AWS's error code, HTTP status and wording. Thrown by services, caught by the pipeline
/// alone.
public final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Code code;
    private final transient Optional<Struct> members;

    /// An error that a service can answer. `code` is what awsJson, REST and CBOR write; `queryCode` what the query
    /// protocols write where it differs (`AWS.SimpleQueueService.NonExistentQueue`); `shape` is the modelled error,
    /// where the model has one.
    public record Code(String code, String queryCode, int status, boolean senderFault, Optional<StructShape> shape) {
        /// An error that AWS answers but does not model, such as EC2's: the caller's fault below 500.
        public static Code of(String code, int status) {
            return new Code(code, code, status, status < 500, Optional.empty());
        }

        /// An error that AWS models.
        public static Code of(StructShape shape) {
            ErrorFacts facts = shape.error().orElseThrow();
            boolean senderFault = shape.is(Flag.SENDER_FAULT);
            return new Code(facts.code(), facts.queryCode(), facts.status(), senderFault, Optional.of(shape));
        }

        /// The error with AWS's message, formatted as by [String#format].
        public AwsError because(String message, @Nullable Object... arguments) {
            return new AwsError(this, arguments.length == 0 ? message : message.formatted(arguments), Optional.empty());
        }

        /// As [#because], with further members of the modelled error set by `fill`.
        public AwsError with(Consumer<Struct> fill, String message) {
            Struct members = shape.orElseThrow().create();
            fill.accept(members);
            return new AwsError(this, message, Optional.of(members));
        }
    }

    private AwsError(Code code, String message, Optional<Struct> members) {
        super(message, null, false, false);
        this.code = code;
        this.members = members;
    }

    public Code code() {
        return code;
    }

    public String message() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /// The members of the error beyond its message, where it has some.
    public Optional<Struct> members() {
        return members;
    }
}
