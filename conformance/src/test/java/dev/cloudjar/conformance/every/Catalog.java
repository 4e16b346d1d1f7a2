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
    /// Operations that no request can tell from another, which answers for them.
    private static final Map<String, String> ANSWERED_BY = Map.of(
            "s3:GetBucketLifecycle", "GetBucketLifecycleConfiguration",
            "s3:PutBucketLifecycle", "PutBucketLifecycleConfiguration",
            "s3:GetBucketNotification", "GetBucketNotificationConfiguration",
            "s3:PutBucketNotification", "PutBucketNotificationConfiguration");

    /// An operation, how it is asked for, and what it is asked.
    record Case(OperationSchema operation, Protocol protocol, Struct input) {
        /// The name under which the server answers.
        String answeringName() {
            return ANSWERED_BY.getOrDefault(operation.toString(), operation.name());
        }

        @Override
        public String toString() {
            return operation + " " + protocol;
        }
    }

    /// Takes a case; it may fail.
    interface Visitor {
        void visit(Case one) throws Exception;
    }

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
                    Struct input = new Samples().smallest(operation.input());
                    for (Protocol protocol : protocols(facts)) {
                        visitor.visit(new Case(operation, protocol, input));
                    }
                } catch (Samples.Impossible reason) {
                    impossible.put(operation.toString(), String.valueOf(reason.getMessage()));
                }
            }
        }
    }

    private static List<Protocol> protocols(ServiceSchema.Facts facts) {
        return List.copyOf(Set.copyOf(facts.protocols()));
    }
}
