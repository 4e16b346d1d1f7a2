package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.iam.Possession.Key;
import dev.cloudjar.services.iam.Possession.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Service-specific credentials: a user name and password, or a bearer token, for one service that does not take
/// signatures. What is secret follows from the id and how often it was reset.
final class ServicePasswords implements Iam {
    private static final String SERVICE = "service";
    private static final String RESETS = "resets";
    private static final String EXPIRES = "expires";
    private static final int MOST_A_SERVICE = 2;
    private static final List<String> SERVICES = List.of(
            "codecommit.amazonaws.com", "cassandra.amazonaws.com", "bedrock.amazonaws.com", "logs.amazonaws.com");

    private final Kernel kernel;
    private final Possessions possessions;
    private final Pages pages;

    ServicePasswords(Kernel kernel, Possessions possessions) {
        this.kernel = kernel;
        this.possessions = possessions;
        this.pages = new Pages(kernel);
    }

    private static AwsError missing(String id) {
        return Refusals.missing("Credential with id " + id + " not found.");
    }

    private static boolean isToken(String service) {
        return service.startsWith("bedrock") || service.startsWith("logs");
    }

    @Override
    public CreateServiceSpecificCredentialResponse createServiceSpecificCredential(
            CreateServiceSpecificCredentialRequest in) {
        if (!SERVICES.contains(in.serviceName())) {
            throw SERVICE_NOT_SUPPORTED_EXCEPTION.because(
                    "No such service " + in.serviceName() + " is supported for Service Specific Credentials");
        }
        boolean full = possessions.ofExisting(in.userName(), Kind.SERVICE_PASSWORD).stream()
                        .filter(held -> held.fact(SERVICE).equals(in.serviceName()))
                        .count()
                >= MOST_A_SERVICE;
        if (full) {
            throw Refusals.overQuota("ServiceSpecificCredentialsPerUser", MOST_A_SERVICE);
        }
        Map<String, String> facts = new HashMap<>(Map.of(SERVICE, in.serviceName(), RESETS, "0"));
        in.credentialAgeDays()
                .ifPresent(days -> facts.put(
                        EXPIRES, Moment.now(kernel).plus(Duration.ofDays(days)).toString()));
        String id = new KeyIds(kernel.ids(), kernel.tokens()).unique("ACCA");
        Possession held = possessions.give(in.userName(), Kind.SERVICE_PASSWORD, id, facts);
        return new CreateServiceSpecificCredentialResponse().serviceSpecificCredential(secret(held));
    }

    private ServiceSpecificCredential secret(Possession held) {
        String secret = new KeyIds(kernel.ids(), kernel.tokens()).secret(held.id() + '/' + held.fact(RESETS));
        var view = new ServiceSpecificCredential()
                .userName(held.key().user())
                .serviceName(held.fact(SERVICE))
                .serviceSpecificCredentialId(held.id())
                .createDate(held.created())
                .expirationDate(expires(held))
                .status(held.status());
        return isToken(held.fact(SERVICE))
                ? view.serviceCredentialAlias(alias(held)).serviceCredentialSecret("ABSK" + secret)
                : view.serviceUserName(alias(held)).servicePassword(secret);
    }

    private static String alias(Possession held) {
        return held.key().user() + "-at-" + Call.current().account();
    }

    private static Optional<Instant> expires(Possession held) {
        return held.fact(EXPIRES).isEmpty() ? Optional.empty() : Optional.of(Instant.parse(held.fact(EXPIRES)));
    }

    @Override
    public ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
            ListServiceSpecificCredentialsRequest in) {
        List<Possession> held = in.allUsers().orElse(false)
                ? possessions.all(Kind.SERVICE_PASSWORD)
                : possessions.ofExisting(Caller.user(in.userName()).orElse(""), Kind.SERVICE_PASSWORD);
        List<Possession> found = held.stream()
                .filter(each ->
                        in.serviceName().isEmpty() || in.serviceName().get().equals(each.fact(SERVICE)))
                .toList();
        var out = new ListServiceSpecificCredentialsResponse();
        return out.serviceSpecificCredentials(pages.of(in, out, found).stream()
                .map(each -> ServiceSpecificCredentialMetadata.from(secret(each)))
                .toList());
    }

    private Key key(Optional<String> user, String id) {
        return new Key(Caller.user(user).orElse(""), Kind.SERVICE_PASSWORD, id);
    }

    @Override
    public UpdateServiceSpecificCredentialResponse updateServiceSpecificCredential(
            UpdateServiceSpecificCredentialRequest in) {
        String id = in.serviceSpecificCredentialId();
        possessions.change(
                key(in.userName(), id), held -> held.active(in.status().equals("Active")), () -> missing(id));
        return new UpdateServiceSpecificCredentialResponse();
    }

    @Override
    public ResetServiceSpecificCredentialResponse resetServiceSpecificCredential(
            ResetServiceSpecificCredentialRequest in) {
        String id = in.serviceSpecificCredentialId();
        Possession reset = possessions.change(
                key(in.userName(), id),
                held -> held.with(RESETS, Integer.toString(Integer.parseInt(held.fact(RESETS)) + 1)),
                () -> missing(id));
        return new ResetServiceSpecificCredentialResponse().serviceSpecificCredential(secret(reset));
    }

    @Override
    public DeleteServiceSpecificCredentialResponse deleteServiceSpecificCredential(
            DeleteServiceSpecificCredentialRequest in) {
        String id = in.serviceSpecificCredentialId();
        possessions.take(key(in.userName(), id), () -> missing(id));
        return new DeleteServiceSpecificCredentialResponse();
    }
}
