package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// Errors as XML, in the three forms that AWS has.
final class XmlErrors {
    private XmlErrors() {}

    /// awsQuery and restXml.
    static Blob query(Optional<String> namespace, AwsError error, String requestId) {
        var out = new XmlWriter();
        out.start("ErrorResponse");
        namespace.ifPresent(uri -> out.attribute("xmlns", uri));
        out.start("Error");
        out.element("Type", error.code().senderFault() ? "Sender" : "Receiver");
        details(out, error, error.code().queryCode());
        out.end("Error");
        return out.element("RequestId", requestId).end("ErrorResponse").bytes();
    }

    /// ec2Query and SimpleDB.
    static Blob ec2(AwsError error, String requestId) {
        var out = new XmlWriter().declaration();
        out.start("Response").start("Errors").start("Error");
        details(out, error, error.code().queryCode());
        out.end("Error").end("Errors");
        return out.element("RequestID", requestId).end("Response").bytes();
    }

    /// S3, which wraps nothing.
    static Blob s3(AwsError error, String requestId) {
        var out = new XmlWriter().declaration();
        out.start("Error");
        details(out, error, error.code().code());
        out.element("RequestId", s3Id(requestId)).element("HostId", hostId(requestId));
        return out.end("Error").bytes();
    }

    /// The id of a request as S3 writes it: sixteen capital hexadecimal digits.
    static String s3Id(String requestId) {
        String digits = requestId.replace("-", "").toUpperCase(Locale.ROOT);
        return digits.substring(0, Math.min(16, digits.length()));
    }

    /// S3's second id of a request; it means nothing to anyone but AWS.
    static String hostId(String requestId) {
        return Base64.getEncoder().encodeToString(requestId.getBytes(StandardCharsets.UTF_8));
    }

    private static void details(XmlWriter out, AwsError error, String code) {
        out.element("Code", code);
        if (!error.message().isEmpty()) {
            out.element("Message", error.message());
        }
        error.members()
                .ifPresent(members -> new XmlShapeWriter(out, false, Binding.ANSWER).members(withoutMessage(members)));
    }

    private static Struct withoutMessage(Struct members) {
        Struct rest = members.shape().create();
        rest.copyFrom(members);
        ErrorFields.messageMember(members.shape()).ifPresent(member -> rest.set(member, null));
        return rest;
    }
}
