package dev.cloudjar.model.importer;

import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Turns a model in AWS's C2J form (`metadata`, `operations`, `shapes`) into a digest. Operations and shapes come in
/// the order of their names, members in the model's own.
final class ModelReader {
    private static final List<String> METADATA = List.of(
            "apiVersion",
            "serviceId",
            "serviceFullName",
            "endpointPrefix",
            "globalEndpoint",
            "signingName",
            "signatureVersion",
            "jsonVersion",
            "targetPrefix",
            "xmlNamespace");

    private static final Map<String, String> AUTH = Map.of(
            "aws.auth#sigv4", "v4",
            "aws.auth#sigv4a", "v4a",
            "smithy.api#httpBearerAuth", "bearer",
            "smithy.api#noAuth", "none");

    private final Json model;
    private final Json paginators;
    private final Json waiters;

    ModelReader(Json model, Json paginators, Json waiters) {
        this.model = model;
        this.paginators = paginators.object("pagination");
        this.waiters = waiters.object("waiters");
    }

    Digest digest(String id) {
        List<Entry> entries = new ArrayList<>();
        entries.add(service(id, model.object("metadata")));
        Json operations = model.object("operations");
        for (String name : new TreeSet<>(operations.names())) {
            entries.add(operation(name, operations.object(name)));
        }
        for (String name : new TreeSet<>(waiters.names())) {
            entries.add(waiter(name, waiters.object(name)));
        }
        entries.addAll(new ShapeReader(model.object("shapes")).entries());
        return new Digest(entries);
    }

    private static Entry service(String id, Json metadata) {
        Entry entry = Entry.of("service", id);
        for (String key : METADATA) {
            entry.list(key, metadata.texts(key));
        }
        List<String> protocols = metadata.texts("protocols");
        entry.list("protocols", protocols.isEmpty() ? metadata.texts("protocol") : protocols);
        entry.list("auth", auth(metadata));
        if (metadata.has("awsQueryCompatible")) {
            entry.under(Entry.of("awsQueryCompatible"));
        }
        return entry;
    }

    private Entry operation(String name, Json operation) {
        Json http = operation.object("http");
        Entry entry = Entry.of(
                        "operation",
                        name,
                        http.text("method").orElse("POST"),
                        http.text("requestUri").orElse("/"))
                .flag("idempotent", operation.flag("idempotent"))
                .flag("readonly", operation.flag("readonly"))
                .flag("deprecated", operation.flag("deprecated"))
                .with("status", http.text("responseCode"));
        input(operation.object("input")).ifPresent(entry::under);
        Json output = operation.object("output");
        output.text("shape")
                .ifPresent(shape ->
                        entry.under(Entry.of("output", shape).with("resultWrapper", output.text("resultWrapper"))));
        entry.list(
                "errors",
                operation.objects("errors").stream()
                        .flatMap(e -> e.text("shape").stream())
                        .distinct()
                        .toList());
        entry.list("auth", operationAuth(operation));
        entry.list("hostPrefix", operation.object("endpoint").texts("hostPrefix"));
        entry.list("compression", operation.object("requestcompression").texts("encodings"));
        checksum(operation).ifPresent(entry::under);
        paginator(paginators.object(name)).ifPresent(entry::under);
        return entry;
    }

    private static Optional<Entry> input(Json input) {
        return input.text("shape")
                .map(shape -> Entry.of("input", shape)
                        .with("locationName", input.text("locationName"))
                        .with("xmlNamespace", input.object("xmlNamespace").text("uri")));
    }

    private static List<String> operationAuth(Json operation) {
        if (operation.flag("unsignedPayload")) {
            return List.of("v4-unsigned-body");
        }
        Optional<String> type = operation.text("authtype");
        return type.isPresent() ? List.of(type.get()) : auth(operation);
    }

    private static List<String> auth(Json from) {
        return from.texts("auth").stream().map(a -> AUTH.getOrDefault(a, a)).toList();
    }

    private static Optional<Entry> checksum(Json operation) {
        Json checksum = operation.object("httpChecksum");
        boolean required = operation.flag("httpChecksumRequired") || checksum.flag("requestChecksumRequired");
        if (!required && checksum.names().isEmpty()) {
            return Optional.empty();
        }
        Entry entry = Entry.of("checksum")
                .with("requestRequired", required ? Optional.of("true") : Optional.empty())
                .with("requestAlgorithm", checksum.text("requestAlgorithmMember"))
                .with("responseMode", checksum.text("requestValidationModeMember"));
        return Optional.of(entry.with("responseAlgorithms", joined(checksum.texts("responseAlgorithms"))));
    }

    private static Optional<Entry> paginator(Json paginator) {
        if (paginator.names().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Entry.of("paginator")
                .with("input", joined(paginator.texts("input_token")))
                .with("output", joined(paginator.texts("output_token")))
                .with("limit", paginator.text("limit_key"))
                .with("more", paginator.text("more_results"))
                .with("results", joined(paginator.texts("result_key"))));
    }

    private static Optional<String> joined(List<String> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
    }

    private static Entry waiter(String name, Json waiter) {
        Entry entry = Entry.of("waiter", name, waiter.text("operation").orElseThrow())
                .with("delay", waiter.text("delay"))
                .with("attempts", waiter.text("maxAttempts"));
        for (Json acceptor : waiter.objects("acceptors")) {
            entry.under(Entry.of(
                            acceptor.text("state").orElseThrow(),
                            acceptor.text("matcher").orElseThrow(),
                            acceptor.text("expected").orElseThrow())
                    .with("argument", acceptor.text("argument")));
        }
        return entry;
    }
}
