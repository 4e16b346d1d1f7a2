package dev.cloudjar.services.kms;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.kms.Grant.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What calls want of keys and who may have it, as the policy engine takes it: grants are statements of the key's
/// policy, an encryption context is condition keys.
final class KeyAccess {
    private static final String STATEMENT = "Statement";
    /// What a key policy can give to other accounts: whatever else it says is of no effect for them.
    private static final Set<String> ACROSS_ACCOUNTS = Set.of(
            "CreateGrant",
            "Decrypt",
            "DeriveSharedSecret",
            "DescribeKey",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateMac",
            "GetKeyRotationStatus",
            "GetPublicKey",
            "ListGrants",
            "ReEncrypt",
            "RetireGrant",
            "RevokeGrant",
            "Sign",
            "Verify",
            "VerifyMac");
    private static final Set<String> CHAINED = Set.of("dynamodb");

    private final Kernel kernel;
    private final KeyRing ring;
    private final Aliases aliases;
    private final Grants grants;

    KeyAccess(Kernel kernel, KeyRing ring, Aliases aliases, Grants grants) {
        this.kernel = kernel;
        this.ring = ring;
        this.aliases = aliases;
        this.grants = grants;
    }

    /// Does `work` with the key that an ARN names; nothing where there is none.
    private <R> Optional<R> with(Arn arn, Function<Key, R> work) {
        Supplier<Optional<R>> found =
                () -> Key.KIND.idIn(arn).flatMap(ring.shelf()::find).map(work);
        return Call.current().in(arn.account(), arn.region()).run(() -> kernel.transact(found));
    }

    Optional<ResourcePolicy> policy(Arn resource) {
        return with(resource, key -> new ResourcePolicy(withGrants(key), ResourcePolicy.Kind.KEY));
    }

    private String withGrants(Key key) {
        List<Grant> given = grants.of(key.id()).toList();
        Map<String, @Nullable Object> policy =
                given.isEmpty() ? Map.of() : Json.object(key.policy()).orElse(Map.of());
        if (policy.isEmpty()) {
            return key.policy();
        }
        var statements = new ArrayList<@Nullable Object>();
        Object own = policy.get(STATEMENT);
        if (own instanceof List<?> list) {
            statements.addAll(list);
        } else {
            statements.add(own);
        }
        given.forEach(grant -> {
            statements.add(statement("grant-", grant, grant.parties().grantee(), grant.operations()));
            if (!grant.parties().retiring().isEmpty()) {
                statements.add(statement("retire-", grant, grant.parties().retiring(), List.of("RetireGrant")));
            }
        });
        var all = new LinkedHashMap<>(policy);
        all.put(STATEMENT, statements);
        return Json.write(all);
    }

    private static Map<String, Object> statement(String sid, Grant grant, String principal, List<String> operations) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Sid", sid + grant.key().grantId());
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of(principal.endsWith(".amazonaws.com") ? "Service" : "AWS", principal));
        statement.put("Action", operations.stream().map(each -> "kms:" + each).toList());
        statement.put("Resource", "*");
        grant.limit().ifPresent(limit -> statement.put("Condition", condition(limit)));
        return statement;
    }

    /// Each pair must be in the request's context, and where the context is to be the same, no other key.
    private static Map<String, Object> condition(Constraint limit) {
        var pairs = new LinkedHashMap<String, Object>();
        limit.context().forEach((name, value) -> pairs.put("kms:EncryptionContext:" + name, value));
        var condition = new LinkedHashMap<String, Object>();
        condition.put("StringEquals", pairs);
        if (limit.exact()) {
            List<String> names = List.copyOf(limit.context().keySet());
            condition.put("ForAllValues:StringEquals", Map.of("kms:EncryptionContextKeys", names));
        }
        return condition;
    }

    List<Access> wants(OperationSchema operation, Struct in, List<Access> reference) {
        Call call = Call.current();
        if (!ACROSS_ACCOUNTS.contains(operation.name())
                && !call.principal().account().equals(call.account())) {
            throw Refusals.unauthorized(reference.getFirst().resource());
        }
        return switch (operation.name()) {
            case "ReEncrypt" ->
                Stream.concat(
                                source(in)
                                        .map(key -> known(
                                                "kms:ReEncryptFrom", key, context(in, "SourceEncryptionContext"))),
                                reference.stream()
                                        .map(access -> known(
                                                "kms:ReEncryptTo",
                                                access.resource(),
                                                context(in, "DestinationEncryptionContext"))))
                        .toList();
            case "CreateAlias", "UpdateAlias", "DeleteAlias" -> ofAlias(in, reference);
            default ->
                reference.stream()
                        .map(access -> known(access.action(), access.resource(), context(in, "EncryptionContext")))
                        .toList();
        };
    }

    private Stream<String> source(Struct in) {
        return Optional.ofNullable(in.get("CiphertextBlob"))
                .flatMap(blob -> Header.of((Blob) blob))
                .map(header -> KmsService.key(header).toString())
                .or(() -> Optional.ofNullable((String) in.get("SourceKeyId"))
                        .flatMap(name -> kernel.transact(() -> aliases.keyOf(name)))
                        .map(Arn::toString))
                .stream();
    }

    /// An alias and its key are wanted, both of them.
    private List<Access> ofAlias(Struct in, List<Access> reference) {
        String alias = String.valueOf(in.get("AliasName"));
        String action = "kms:" + Call.current().request().operation();
        Stream<Access> target = in.get("TargetKeyId") == null
                ? kernel.transact(() -> aliases.targetOf(alias)).map(key -> Access.of(action, key)).stream()
                : reference.stream();
        return Stream.concat(Stream.of(Access.of(action, Arn.here(KmsService.ID, alias))), target)
                .toList();
    }

    private static Map<?, ?> context(Struct in, String member) {
        return in.get(member) instanceof Map<?, ?> context ? context : Map.of();
    }

    /// An access with the condition keys that KMS has beside those of the input.
    private static Access known(String action, String resource, Map<?, ?> context) {
        var keys = new LinkedHashMap<String, List<String>>();
        keys.put("kms:CallerAccount", List.of(Call.current().principal().account()));
        context.forEach((name, value) -> keys.put("kms:EncryptionContext:" + name, List.of(String.valueOf(value))));
        if (!context.isEmpty()) {
            keys.put(
                    "kms:EncryptionContextKeys",
                    context.keySet().stream().map(String::valueOf).toList());
        }
        return new Access(action, resource, keys);
    }

    /// Refuses a caller of another service who may not have this done with a key by way of that service.
    void require(String action, Arn key, Map<String, String> context) {
        Call call = Call.current();
        String service = call.request().service();
        Access access = known(action, key.toString(), context)
                .with("kms:ViaService", service + '.' + call.region() + ".amazonaws.com")
                .with("aws:ViaAWSService", "true");
        kernel.require(CHAINED.contains(service) ? chained(access, service + ".amazonaws.com") : access);
    }

    /// Of the services that use keys here, AWS says of one alone that it called on somebody's behalf.
    private static Access chained(Access access, String service) {
        return access.with("aws:CalledVia", service)
                .with("aws:CalledViaFirst", service)
                .with("aws:CalledViaLast", service);
    }
}
