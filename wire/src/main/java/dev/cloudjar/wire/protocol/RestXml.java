package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import dev.cloudjar.wire.http.Headers;
import java.util.Optional;

/// restXml, S3's own ways included.
final class RestXml implements RestDialect {
    private final Quirks quirks;

    RestXml(Quirks quirks) {
        this.quirks = quirks;
    }

    @Override
    public XmlFormat format(ServiceSchema service) {
        Optional<String> namespace = service.facts().xmlNamespace().or(() -> quirks.namespace(service.id()));
        return new XmlFormat(namespace, quirks.millis(service.id()), Optional.empty(), false);
    }

    @Override
    public XmlFormat format(OperationSchema operation, Optional<Member> payload) {
        ServiceSchema service = operation.service();
        if (!quirks.xmlRoot(service.id())) {
            return format(service);
        }
        Optional<String> root = payload.isPresent() ? rootOf(payload.get()) : operation.inputXmlName();
        return format(service).demanding(root, quirks.strictXml(service.id()));
    }

    private static Optional<String> rootOf(Member payload) {
        Optional<String> name = payload.wire().locationName();
        return payload.target() instanceof StructShape shape
                ? name.or(shape::xmlName).or(() -> Optional.of(shape.name()))
                : name;
    }

    @Override
    public Optional<Blob> document(OperationSchema operation, Struct output, boolean hasMembers) {
        if (!hasMembers) {
            return Optional.empty();
        }
        ServiceSchema service = operation.service();
        Optional<String> value = quirks.rootIsValue(service.id(), operation.name());
        if (value.isPresent()) {
            Object text = output.get(value.get());
            return Optional.of(format(service).writeText(value.get(), text == null ? "" : (String) text));
        }
        String root = root(operation, output.shape());
        return Optional.of(format(service).write(output, root));
    }

    private String root(OperationSchema operation, StructShape shape) {
        return quirks.root(operation.service().id(), operation.name())
                .or(shape::xmlName)
                .orElseGet(shape::name);
    }

    @Override
    public String root(OperationSchema operation, Member payload) {
        boolean renamed = !payload.wireName().equals(payload.name());
        if (renamed || !(payload.target() instanceof StructShape shape)) {
            return payload.wireName();
        }
        return root(operation, shape);
    }

    @Override
    public void requestId(ServiceSchema service, String requestId, Headers into) {
        if (quirks.s3Ids(service.id())) {
            into.add("x-amz-request-id", XmlErrors.s3Id(requestId));
            into.add("x-amz-id-2", XmlErrors.hostId(requestId));
            into.add("Server", "AmazonS3");
        } else {
            into.add(ResponseHeaders.REQUEST_ID, requestId);
        }
    }

    @Override
    public void errorHeaders(ServiceSchema service, AwsError error, Headers into) {
        TreeErrors.queryError(service, error, into);
    }

    @Override
    public Blob errorDocument(ServiceSchema service, AwsError error, String requestId) {
        return quirks.s3Errors(service.id())
                ? XmlErrors.s3(error, requestId)
                : XmlErrors.query(format(service).namespace(), error, requestId);
    }

    @Override
    public AwsError badParameter(ServiceSchema service, HttpRequestReader.BadParameter bad) {
        if (!quirks.s3Errors(service.id())) {
            return Refusals.input(bad.reason());
        }
        String name = bad.member().wireName();
        if (name.equals("x-amz-mp-object-size")) {
            return AwsError.Code.of("InvalidRequest", 400)
                    .because("Value for x-amz-mp-object-size header is invalid: '" + bad.text() + '\'');
        }
        String message = switch (name) {
            case "partNumber" -> "Part number must be an integer between 1 and 10000, inclusive";
            case "x-amz-object-lock-retain-until-date" -> "The retain until date must be provided in ISO 8601 format";
            default ->
                bad.member().target().type() == Type.INTEGER
                        ? "Provided " + name + " not an integer or within integer range"
                        : bad.reason().message();
        };
        return Details.of("ArgumentName", name)
                .and("ArgumentValue", bad.text())
                .refuse(AwsError.Code.of("InvalidArgument", 400), message);
    }

    @Override
    public AwsError badUri(ServiceSchema service) {
        return quirks.s3Errors(service.id()) ? Refusals.uri() : Refusals.queryString();
    }

    @Override
    public AwsError badBody(OperationSchema operation, Unreadable reason) {
        boolean s3 = quirks.s3Errors(operation.service().id());
        if (s3 && operation.input().member("AccessControlPolicy").isPresent()) {
            return Refusals.acl();
        }
        return s3 || reason.message().isEmpty() ? Refusals.xml() : Refusals.input(reason);
    }
}
