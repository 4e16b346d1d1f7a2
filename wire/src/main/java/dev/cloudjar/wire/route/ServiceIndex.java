package dev.cloudjar.wire.route;

import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The services by each of the names that requests call them by. Immutable once built.
///
/// Where services share a name they stand in the order of the catalog, but for those in [#FIRST]: Amazon RDS,
/// Neptune and DocumentDB answer at one endpoint, in one version, under one signing name, and there RDS is the one
/// that AWS itself lets answer for all.
final class ServiceIndex {
    private static final Set<String> FIRST = Set.of("rds", "s3", "elbv2");

    /// Services with REST operations that take unsigned requests: what a client calls before it has credentials.
    private static final Set<String> PUBLIC = Set.of("sso", "sso-oidc", "signin");

    /// The name that queue URLs of SQS's first years have, `queue.amazonaws.com`.
    private static final String OLD_SQS = "queue";

    private final Map<String, ServiceSchema.Facts> byTarget = new HashMap<>();
    private final Map<String, List<ServiceSchema.Facts>> byQueryVersion = new HashMap<>();
    private final Map<String, List<ServiceSchema.Facts>> bySigningName = new HashMap<>();
    private final Map<String, List<ServiceSchema.Facts>> byEndpointPrefix = new HashMap<>();
    private final Map<String, ServiceSchema.Facts> byId = new HashMap<>();
    private final List<ServiceSchema.Facts> open = new ArrayList<>();

    ServiceIndex(List<ServiceSchema.Facts> services) {
        services.forEach(this::add);
    }

    private void add(ServiceSchema.Facts service) {
        byId.put(service.id(), service);
        service.targetPrefix().ifPresent(prefix -> byTarget.put(prefix, service));
        if (queryProtocol(service) != null) {
            put(byQueryVersion, service.apiVersion(), service);
        }
        put(bySigningName, service.signingName(), service);
        put(byEndpointPrefix, service.endpointPrefix(), service);
        if (PUBLIC.contains(service.id())) {
            open.add(service);
        }
    }

    private static void put(Map<String, List<ServiceSchema.Facts>> index, String name, ServiceSchema.Facts service) {
        List<ServiceSchema.Facts> services = index.computeIfAbsent(name, n -> new ArrayList<>(1));
        if (FIRST.contains(service.id())) {
            services.addFirst(service);
        } else {
            services.addLast(service);
        }
    }

    Optional<ServiceSchema.Facts> byTarget(String prefix) {
        return Optional.ofNullable(byTarget.get(prefix));
    }

    List<ServiceSchema.Facts> byQueryVersion(String version) {
        return byQueryVersion.getOrDefault(version, List.of());
    }

    /// Those that sign as `name`; failing that, those at that endpoint, or called so by AWS's models, for old
    /// clients sign with the endpoint's name.
    List<ServiceSchema.Facts> bySigningName(String name) {
        List<ServiceSchema.Facts> services = bySigningName.get(alias(name));
        return services != null ? services : byEndpoint(name);
    }

    List<ServiceSchema.Facts> byEndpoint(String name) {
        List<ServiceSchema.Facts> services = byEndpointPrefix.get(name);
        if (services != null) {
            return services;
        }
        ServiceSchema.Facts service = byId.get(name.equals(OLD_SQS) ? "sqs" : name);
        return service == null ? List.of() : List.of(service);
    }

    /// The services that a host names, most telling label first.
    List<ServiceSchema.Facts> byHost(HostName host) {
        for (String candidate : host.candidates()) {
            List<ServiceSchema.Facts> services = byEndpoint(withoutRegion(candidate));
            if (!services.isEmpty()) {
                return services;
            }
        }
        return List.of();
    }

    Optional<ServiceSchema.Facts> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<ServiceSchema.Facts> open() {
        return open;
    }

    /// S3 signs under several names, for directory buckets, Outposts and Object Lambda.
    private static String alias(String signingName) {
        return switch (signingName) {
            case "s3express", "s3-outposts", "s3-object-lambda" -> "s3";
            default -> signingName;
        };
    }

    /// `s3-eu-west-1`, the spelling of S3's first regions, and the names of its special endpoints.
    private static String withoutRegion(String label) {
        boolean s3 = label.startsWith("s3-") && !label.startsWith("s3-control");
        return s3 || label.startsWith("s3express") ? "s3" : label;
    }

    static @Nullable Protocol queryProtocol(ServiceSchema.Facts service) {
        return first(service, Protocol.AWS_QUERY, Protocol.EC2_QUERY);
    }

    static @Nullable Protocol restProtocol(ServiceSchema.Facts service) {
        return first(service, Protocol.REST_JSON, Protocol.REST_XML);
    }

    static @Nullable Protocol jsonProtocol(ServiceSchema.Facts service) {
        return first(service, Protocol.AWS_JSON_1_0, Protocol.AWS_JSON_1_1);
    }

    private static @Nullable Protocol first(ServiceSchema.Facts service, Protocol one, Protocol other) {
        for (Protocol protocol : service.protocols()) {
            if (protocol == one || protocol == other) {
                return protocol;
            }
        }
        return null;
    }
}
