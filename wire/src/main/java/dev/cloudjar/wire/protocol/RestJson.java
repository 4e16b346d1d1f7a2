package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.wire.http.Headers;
import java.util.Optional;

/// restJson1: bodies of JSON, errors named by a header.
final class RestJson implements RestDialect {
    private final TreeFormat format = TreeFormat.json("application/json", true);
    private final TreeErrors errors;

    RestJson(Quirks quirks) {
        this.errors = new TreeErrors(format, quirks, false);
    }

    @Override
    public BodyFormat format(ServiceSchema service) {
        return format;
    }

    /// An object even where it has no members, as AWS's own framework answers; nothing where there is no output.
    @Override
    public Optional<Blob> document(OperationSchema operation, Struct output, boolean hasMembers) {
        return output.shape().is(Flag.UNIT) ? Optional.empty() : Optional.of(format.write(output, ""));
    }

    @Override
    public String root(OperationSchema operation, Member payload) {
        return "";
    }

    @Override
    public void requestId(ServiceSchema service, String requestId, Headers into) {
        into.add(ResponseHeaders.REQUEST_ID, requestId);
    }

    @Override
    public void errorHeaders(ServiceSchema service, AwsError error, Headers into) {
        into.add(ResponseHeaders.ERROR_TYPE, error.code().code());
        TreeErrors.queryError(service, error, into);
    }

    @Override
    public Blob errorDocument(ServiceSchema service, AwsError error, String requestId) {
        return errors.untyped(error);
    }

    @Override
    public AwsError badParameter(ServiceSchema service, HttpRequestReader.BadParameter bad) {
        return Refusals.serialization(bad.reason());
    }

    @Override
    public AwsError badUri(ServiceSchema service) {
        return Refusals.queryString();
    }

    @Override
    public AwsError badBody(OperationSchema operation, Unreadable reason) {
        return Refusals.serialization(reason);
    }
}
