package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;

/// What AWS answers to a request that it cannot read.
final class Refusals {
    private static final Code SERIALIZATION = Code.of("SerializationException", 400);
    private static final Code MALFORMED_INPUT = Code.of("MalformedInput", 400);
    private static final Code MALFORMED_XML = Code.of("MalformedXML", 400);
    private static final Code MALFORMED_ACL = Code.of("MalformedACLError", 400);
    private static final String NOT_WELL_FORMED =
            "The XML you provided was not well-formed or did not validate against our published schema";
    private static final Code MALFORMED_QUERY_STRING = Code.of("MalformedQueryString", 404);
    private static final Code INVALID_URI = Code.of("InvalidURI", 400);

    private Refusals() {}

    static AwsError serialization(Unreadable cause) {
        return SERIALIZATION.because(cause.message());
    }

    static AwsError input(Unreadable cause) {
        return cause.message().isEmpty()
                ? MALFORMED_INPUT.because("Could not read the request")
                : MALFORMED_INPUT.because(cause.message());
    }

    static AwsError xml() {
        return MALFORMED_XML.because(NOT_WELL_FORMED);
    }

    static AwsError acl() {
        return MALFORMED_ACL.because(NOT_WELL_FORMED);
    }

    static AwsError queryString() {
        return MALFORMED_QUERY_STRING.because("The query string contains a syntax error.");
    }

    static AwsError uri() {
        return INVALID_URI.because("Couldn't parse the specified URI.");
    }
}
