package dev.cloudjar.wire.protocol;

/// The names of headers that more than one protocol writes.
final class ResponseHeaders {
    static final String CONTENT_TYPE = "Content-Type";
    static final String REQUEST_ID = "x-amzn-RequestId";
    static final String QUERY_ERROR = "x-amzn-query-error";
    static final String ERROR_TYPE = "x-amzn-ErrorType";
    static final String SMITHY_PROTOCOL = "smithy-protocol";

    private ResponseHeaders() {}
}
