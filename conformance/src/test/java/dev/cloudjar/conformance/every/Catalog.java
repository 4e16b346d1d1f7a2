package dev.cloudjar.conformance.every;

import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Every operation with the smallest input that its model allows.
final class Catalog {
    private static final Map<String, String> NEWER = Map.of(
            "GetBucketLifecycle", "GetBucketLifecycleConfiguration",
            "PutBucketLifecycle", "PutBucketLifecycleConfiguration",
            "GetBucketNotification", "GetBucketNotificationConfiguration",
            "PutBucketNotification", "PutBucketNotificationConfiguration");

    /// An operation, how it is asked for, and what it is asked.
    record Case(OperationSchema operation, Protocol protocol, Struct input) {
        @Override
        public String toString() {
            return operation + " " + protocol;
        }
    }

    /// Takes a case; it may fail.
    interface Visitor {
        void visit(Case one) throws Exception;
    }

    private final ServiceSchema rds = Schemas.open("rds");
    private final Map<String, String> impossible = new TreeMap<>();
    private int operations;

    /// Why there is no input for some operations.
    Map<String, String> impossible() {
        return impossible;
    }

    int operations() {
        return operations;
    }

    /// Visits every operation in each of its protocols.
    void visit(Visitor visitor) throws Exception {
        for (ServiceSchema.Facts facts : Schemas.catalog()) {
            for (OperationSchema operation : Schemas.open(facts.id()).operations()) {
                operations++;
                try {
                    OperationSchema asked = answering(operation);
                    Struct input = new Samples().smallest(asked.input());
                    for (Protocol protocol : protocols(facts)) {
                        visitor.visit(new Case(asked, protocol, input));
                    }
                } catch (Samples.Impossible reason) {
                    impossible.put(operation.toString(), String.valueOf(reason.getMessage()));
                }
            }
        }
    }

    /// Operations that no request can tell from another's: that other one answers. RDS does so for Neptune and
    /// DocumentDB, where it has the operation.
    private OperationSchema answering(OperationSchema operation) {
        return switch (operation.service().id()) {
            case "neptune", "docdb" -> rds.operation(operation.name()).orElse(operation);
            case "s3" ->
                operation
                        .service()
                        .operation(NEWER.getOrDefault(operation.name(), operation.name()))
                        .orElseThrow();
            default -> operation;
        };
    }

    private static List<Protocol> protocols(ServiceSchema.Facts facts) {
        return List.copyOf(Set.copyOf(facts.protocols()));
    }
}
