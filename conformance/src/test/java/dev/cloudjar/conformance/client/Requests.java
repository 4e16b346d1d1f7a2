package dev.cloudjar.conformance.client;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/// Writes inputs as requests, in any protocol.
public final class Requests {
    private Requests() {}

    public static Sent of(OperationSchema operation, Protocol protocol, Struct input) throws IOException {
        ServiceSchema.Facts facts = operation.service().facts();
        Sent request = switch (protocol) {
            case AWS_JSON_1_0 -> json(operation, "application/x-amz-json-1.0", input);
            case AWS_JSON_1_1 -> json(operation, "application/x-amz-json-1.1", input);
            case RPC_V2_CBOR -> cbor(operation, input);
            case AWS_QUERY, EC2_QUERY -> form(operation, protocol == Protocol.EC2_QUERY, input);
            case REST_JSON -> new RestRequest(operation, input, false).write();
            case REST_XML -> new RestRequest(operation, input, true).write();
        };
        return checked(operation, extras(facts, request));
    }

    private static Sent json(OperationSchema operation, String contentType, Struct input) throws IOException {
        String prefix = operation.service().facts().targetPrefix().orElse("");
        return Sent.post("/", contentType, new TreeBody(false, true).write(input))
                .with("X-Amz-Target", prefix + "." + operation.name());
    }

    private static Sent cbor(OperationSchema operation, Struct input) throws IOException {
        String prefix = operation.service().facts().targetPrefix().orElse("");
        return Sent.post(
                        "/service/" + prefix + "/operation/" + operation.name(),
                        "application/cbor",
                        new TreeBody(true, true).write(input))
                .with("smithy-protocol", "rpc-v2-cbor")
                .with("Accept", "application/cbor");
    }

    private static Sent form(OperationSchema operation, boolean ec2, Struct input) {
        String body = new QueryBody(ec2)
                .write(operation.name(), operation.service().facts().apiVersion(), input);
        return Sent.post("/", "application/x-www-form-urlencoded; charset=utf-8", body);
    }

    /// What clients of S3 and S3 Control add to every request.
    private static Sent extras(ServiceSchema.Facts facts, Sent request) {
        return switch (facts.id()) {
            case "s3" -> request.with("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
            case "s3control" ->
                request.with("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                        .with("Host", "000000000000.s3-control.us-east-1.amazonaws.com");
            default -> request;
        };
    }

    private static Sent checked(OperationSchema operation, Sent request) {
        Optional<OperationSchema.Checksum> checksum = operation.facts().checksum();
        if (checksum.filter(OperationSchema.Checksum::requestRequired).isEmpty()) {
            return request;
        }
        var crc = new CRC32();
        crc.update(request.body());
        int value = (int) crc.getValue();
        byte[] bytes = {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
        return request.with("x-amz-checksum-crc32", Base64.getEncoder().encodeToString(bytes));
    }
}
