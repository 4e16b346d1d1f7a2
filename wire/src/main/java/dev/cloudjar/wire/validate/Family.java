package dev.cloudjar.wire.validate;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Trait;
import java.util.List;
import java.util.stream.Collectors;

/// Services that refuse bad input in the same way.
sealed interface Family {
    AwsError refuse(List<Violation> violations);

    /// Whether the service leaves the refusal of this to its framework.
    default boolean minds(Violation violation) {
        return true;
    }

    /// AWS's own service framework, which tells all that is wrong at once.
    record Framework(AwsError.Code code, boolean elementsNotNull) implements Family {
        @Override
        public AwsError refuse(List<Violation> violations) {
            int count = violations.size();
            String opening = count + " validation error" + (count == 1 ? "" : "s") + " detected: ";
            return code.because(
                    violations.stream().map(Framework::sentence).collect(Collectors.joining("; ", opening, "")));
        }

        private static String sentence(Violation violation) {
            String value;
            if (!violation.shown()) {
                value = "Value";
            } else if (violation.value().isEmpty()) {
                value = "Value null";
            } else {
                value = "Value '" + Rendering.of(violation.value().get()) + '\'';
            }
            return value + " at '" + violation.path() + "' failed to satisfy constraint: " + violation.constraint();
        }
    }

    /// EC2, RDS and their kin, which name the first parameter that is wrong.
    record Parameter() implements Family {
        private static final AwsError.Code MISSING = AwsError.Code.of("MissingParameter", 400);
        private static final AwsError.Code INVALID = AwsError.Code.of("InvalidParameterValue", 400);

        @Override
        public AwsError refuse(List<Violation> violations) {
            Violation first = violations.getFirst();
            String name = first.member()
                    .wire()
                    .queryName()
                    .orElseGet(() -> capitalised(first.member().wireName()));
            if (first.kind() == Violation.Kind.MISSING) {
                return MISSING.because("The request must contain the parameter " + name);
            }
            String value = first.shown() ? first.value().map(Rendering::of).orElse("null") : "";
            return INVALID.because("Value (" + value + ") for parameter " + name + " is invalid.");
        }

        private static String capitalised(String name) {
            return Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }

    /// S3, which checks documents against a schema and the rest by hand.
    record S3(boolean byHand) implements Family {
        private static final AwsError.Code MALFORMED = AwsError.Code.of("MalformedXML", 400);
        private static final AwsError.Code MALFORMED_LIST = AwsError.Code.of("MalformedACLError", 400);
        private static final AwsError.Code EMPTY = AwsError.Code.of("MissingRequestBodyError", 400);
        private static final AwsError.Code MISSING = AwsError.Code.of("InvalidRequest", 400);
        private static final AwsError.Code INVALID = AwsError.Code.of("InvalidArgument", 400);

        /// S3 itself refuses values of headers and parameters by hand, each in words of its own.
        @Override
        public boolean minds(Violation violation) {
            return !byHand
                    || violation.kind() != Violation.Kind.UNKNOWN_VALUE
                    || violation.member().wire().location() == Location.BODY;
        }

        @Override
        public AwsError refuse(List<Violation> violations) {
            Violation first = violations.getFirst();
            if (first.kind() == Violation.Kind.MISSING && first.member().is(Trait.PAYLOAD)) {
                return EMPTY.because("Request Body is empty");
            }
            if (first.member().wire().location() == Location.BODY) {
                boolean list = first.path().startsWith("accessControlPolicy");
                return (list ? MALFORMED_LIST : MALFORMED)
                        .because("The XML you provided was not well-formed or did not validate against our"
                                + " published schema");
            }
            String name = first.member().wireName();
            if (name.equals("x-amz-object-attributes")) {
                return MISSING.because("The x-amz-object-attributes header specifying the attributes to be retrieved is"
                        + " either missing or empty");
            }
            return first.kind() == Violation.Kind.MISSING
                    ? MISSING.because("Missing required header for this request: " + name)
                    : INVALID.because("The " + name + " you specified is not valid.");
        }
    }
}
