package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.http.Headers;
import java.util.Optional;

/// Errors as JSON or CBOR: `__type`, the message, and the members of the modelled error.
final class TreeErrors {
    private final TreeFormat format;
    private final Quirks quirks;
    private final boolean namespaced;

    /// `namespaced` asks for absolute types, such as `com.amazonaws.sqs#QueueDoesNotExist`.
    TreeErrors(TreeFormat format, Quirks quirks, boolean namespaced) {
        this.format = format;
        this.quirks = quirks;
        this.namespaced = namespaced;
    }

    Blob document(ServiceSchema service, AwsError error) {
        String type = namespace(service, error)
                .map(namespace -> namespace + '#' + error.code().code())
                .orElse(error.code().code());
        return document(error, Optional.of(type));
    }

    /// The document without `__type`, for protocols that name the error in a header.
    Blob untyped(AwsError error) {
        return document(error, Optional.empty());
    }

    private Blob document(AwsError error, Optional<String> type) {
        Optional<Struct> struct = ErrorFields.struct(error);
        boolean messageIsMember =
                struct.flatMap(s -> ErrorFields.messageMember(s.shape())).isPresent();
        return format.writeObject((out, writer) -> {
            if (type.isPresent()) {
                out.writeStringField("__type", type.get());
            }
            if (!messageIsMember && !error.message().isEmpty()) {
                out.writeStringField(messageKey(error), error.message());
            }
            if (struct.isPresent()) {
                writer.members(struct.get());
            }
        });
    }

    private String messageKey(AwsError error) {
        return quirks.frameworkError(error.code().code())
                .map(Quirks.FrameworkError::messageKey)
                .orElse("message");
    }

    private Optional<String> namespace(ServiceSchema service, AwsError error) {
        if (!namespaced) {
            return Optional.empty();
        }
        if (error.code().shape().isPresent()) {
            return quirks.errorNamespace(service.id());
        }
        return quirks.frameworkError(error.code().code())
                .map(Quirks.FrameworkError::namespace)
                .or(() -> quirks.errorNamespace(service.id()));
    }

    /// Services that once spoke query tell old clients the code that they know.
    static void queryError(ServiceSchema service, AwsError error, Headers headers) {
        if (service.facts().queryCompatible()) {
            String fault = error.code().senderFault() ? ";Sender" : ";Receiver";
            headers.add(ResponseHeaders.QUERY_ERROR, error.code().queryCode() + fault);
        }
    }

    static boolean isHeader(Member member) {
        return member.wire().location() == Member.Location.HEADER;
    }
}
