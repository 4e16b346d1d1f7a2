package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Tags;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.secretsmanager.Safe.Value;
import dev.cloudjar.services.secretsmanager.Secret.Dates;
import dev.cloudjar.services.secretsmanager.Secret.Profile;
import dev.cloudjar.services.secretsmanager.Secret.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Secrets themselves: made, described, changed, tagged, deleted after a while and restored before.
final class SecretLife implements SecretsManager {
    static final String DELETE = "delete";

    private static final AwsError.Code VALIDATION = AwsError.Code.of("ValidationException", 400);
    private static final Accepts NAME = Accepts.text(1, 512, "a-zA-Z0-9/_+=.@!-");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final List<String> IN_USE = List.of(Version.CURRENT, Version.PENDING, Version.PREVIOUS);
    private static final int LONGEST_WINDOW = 30;
    private static final int SHORTEST_WINDOW = 7;

    private final Kernel kernel;
    private final Secrets secrets;
    private final Replication replication;

    SecretLife(Kernel kernel, Secrets secrets, Replication replication) {
        this.kernel = kernel;
        this.secrets = secrets;
        this.replication = replication;
    }

    @Override
    public CreateSecretResponse createSecret(CreateSecretRequest in) {
        checkName(in.name());
        Optional<Value> value = Secrets.value(in.secretString(), in.secretBinary());
        if (secrets.hasName(in.name())) {
            return again(in, secrets.get(in.name()), value);
        }
        Instant now = secrets.now();
        var profile = new Profile(
                in.description().orElse(""), in.kmsKeyId().orElse(""), in.type().orElse(""), "");
        var dates = new Dates(now, now, Optional.empty(), Optional.empty());
        Secret secret = new Secret(
                in.name() + '-' + suffix(),
                kernel.lot(),
                profile,
                dates,
                Optional.empty(),
                Rotation.NONE,
                Optional.empty());
        secrets.shelf().create(secret, Tags.of(in.tags()));
        secrets.name(secret);
        value.ifPresent(given -> {
            String token = Secrets.token(in.clientRequestToken());
            secrets.add(secret, token, List.of(Version.CURRENT), secrets.safe().seal(secret, token, given));
        });
        Secret made = in.hasAddReplicaRegions()
                ? replication.add(secret, in.addReplicaRegions(), in.forceOverwriteReplicaSecret())
                : secret;
        return created(made, value.flatMap(_ -> in.clientRequestToken()));
    }

    private static void checkName(String name) {
        if (!NAME.takes(name)) {
            throw VALIDATION.because("Invalid name. Must be a valid name containing alphanumeric characters, or any of"
                    + " the following: -/_+=.@!");
        }
    }

    private String suffix() {
        var suffix = new StringBuilder(Secret.SUFFIX);
        for (byte each : kernel.ids().bytes(Secret.SUFFIX)) {
            suffix.append(LETTERS.charAt((each & 0xFF) % LETTERS.length()));
        }
        return suffix.toString();
    }

    /// The same request once more answers as before; another one finds the name taken.
    private CreateSecretResponse again(CreateSecretRequest in, Secret there, Optional<Value> value) {
        if (there.deletion().isPresent()) {
            throw INVALID_REQUEST_EXCEPTION.because("You can't create this secret because a secret with this name is"
                    + " already scheduled for deletion.");
        }
        boolean same = value.isPresent()
                && in.clientRequestToken()
                        .filter(token -> secrets.isThere(there, token, value.get()))
                        .isPresent();
        if (!same) {
            throw RESOURCE_EXISTS_EXCEPTION.because(
                    "The operation failed because the secret %s already exists.", in.name());
        }
        return created(there, in.clientRequestToken());
    }

    private CreateSecretResponse created(Secret secret, Optional<String> version) {
        var told = new CreateSecretResponse()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .versionId(version);
        return secret.regions().isPresent() ? told.replicationStatus(Replication.status(secret)) : told;
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest in) {
        Secret secret = secrets.get(in.secretId());
        DescribeSecretResponse told = DescribeSecretResponse.from(told(secret)).versionIdsToStages(stages(secret));
        boolean primary = secret.regions().isPresent() && !secrets.isReplica(secret);
        return primary ? told.replicationStatus(Replication.status(secret)) : told;
    }

    /// A secret as it stands in lists; a description says the same and more.
    SecretListEntry told(Secret secret) {
        Profile profile = secret.profile();
        Rotation rotation = secret.rotation();
        var told = new SecretListEntry()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .description(some(profile.description()))
                .kmsKeyId(some(profile.kmsKeyId()))
                .type(some(profile.type()))
                .createdDate(secret.dates().created())
                .lastChangedDate(secret.dates().changed())
                .lastAccessedDate(secret.dates().accessed())
                .lastRotatedDate(secret.dates().rotated())
                .deletedDate(secret.deletion().map(_ -> secret.dates().changed()))
                .primaryRegion(secret.regions().map(Secret.Regions::primary));
        if (!rotation.function().isEmpty()) {
            told.rotationEnabled(rotation.enabled())
                    .rotationLambdaArn(rotation.function())
                    .rotationRules(rules(rotation.rules()))
                    .nextRotationDate(rotation.enabled() ? rotation.next() : Optional.empty());
        }
        Map<String, List<String>> stages = stages(secret);
        if (!stages.isEmpty()) {
            told.secretVersionsToStages(stages);
        }
        Map<String, String> tags = secrets.shelf().tags(secret.id());
        return tags.isEmpty() ? told : told.tags(Tags.as(tags, Tag::new));
    }

    private static RotationRulesType rules(Secret.Rules rules) {
        return new RotationRulesType()
                .automaticallyAfterDays(rules.days() > 0 ? Optional.of(rules.days()) : Optional.empty())
                .scheduleExpression(some(rules.expression()))
                .duration(some(rules.duration()));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(said -> !said.isEmpty());
    }

    private Map<String, List<String>> stages(Secret secret) {
        var stages = new LinkedHashMap<String, List<String>>();
        secrets.labelled(secret).forEach(version -> stages.put(version.id(), version.stages()));
        return stages;
    }

    @Override
    public UpdateSecretResponse updateSecret(UpdateSecretRequest in) {
        Secret before = secrets.primary(in.secretId());
        Optional<Value> value = Secrets.value(in.secretString(), in.secretBinary());
        Profile old = before.profile();
        var profile = new Profile(
                in.description().orElse(old.description()),
                in.kmsKeyId().orElse(old.kmsKeyId()),
                in.type().orElse(old.type()),
                old.policy());
        Secret secret = secrets.put(before.with(profile).changed(secrets.now()));
        if (!profile.kmsKeyId().equals(old.kmsKeyId())) {
            encryptAnew(before, secret);
        }
        value.ifPresent(given -> {
            String token = Secrets.token(in.clientRequestToken());
            if (!secrets.isThere(secret, token, given)) {
                secrets.add(
                        secret, token, List.of(Version.CURRENT), secrets.safe().seal(secret, token, given));
            }
        });
        return new UpdateSecretResponse()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .versionId(value.flatMap(_ -> in.clientRequestToken()));
    }

    /// Another KMS key encrypts the versions that AWS's own labels say are in use.
    private void encryptAnew(Secret before, Secret after) {
        secrets.versions(before).stream()
                .filter(version -> IN_USE.stream().anyMatch(version::bears)
                        && !version.value().equals(Version.Sealed.NOTHING))
                .forEach(version -> secrets.put(
                        after,
                        new Version(
                                version.key(),
                                version.stages(),
                                version.created(),
                                version.accessed(),
                                secrets.safe()
                                        .seal(
                                                after,
                                                version.id(),
                                                secrets.safe().open(before, version)))));
    }

    @Override
    public DeleteSecretResponse deleteSecret(DeleteSecretRequest in) {
        boolean force = in.forceDeleteWithoutRecovery().orElse(false);
        if (force && in.recoveryWindowInDays().isPresent()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
        }
        long days = in.recoveryWindowInDays().orElse((long) LONGEST_WINDOW);
        if (days < SHORTEST_WINDOW || days > LONGEST_WINDOW) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
        }
        Optional<String> id = secrets.id(in.secretId());
        Instant now = secrets.now();
        if (id.isEmpty() && force) {
            return new DeleteSecretResponse()
                    .arn(secrets.shelf().arn(in.secretId() + '-' + suffix()).toString())
                    .name(in.secretId())
                    .deletionDate(now);
        }
        Secret secret = force ? secrets.get(in.secretId()) : secrets.alive(in.secretId());
        secrets.checkPrimary(secret);
        if (secret.regions().filter(regions -> !regions.replicas().isEmpty()).isPresent()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "You can't delete secret %s that still has replica regions [%s]",
                    secret.name(), String.join(", ", Replication.regions(secret)));
        }
        Instant at = force ? now : now.plus(Duration.ofDays(days));
        if (force) {
            secrets.remove(secret);
        } else {
            secrets.put(secret.changed(now).deletedAt(Optional.of(at)));
            kernel.agenda().at(at, SecretsManagerService.ID, DELETE, secret.id());
        }
        return new DeleteSecretResponse()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .deletionDate(at);
    }

    /// The end of a secret, unless it was restored.
    void delete(String id) {
        Instant now = secrets.now();
        secrets.shelf()
                .find(id)
                .filter(secret ->
                        secret.deletion().filter(at -> !at.isAfter(now)).isPresent())
                .ifPresent(secrets::remove);
    }

    @Override
    public RestoreSecretResponse restoreSecret(RestoreSecretRequest in) {
        Secret secret = secrets.get(in.secretId());
        secrets.checkPrimary(secret);
        secrets.put(secret.deletedAt(Optional.empty()));
        return new RestoreSecretResponse().arn(secrets.arn(secret)).name(secret.name());
    }

    @Override
    public TagResourceResponse tagResource(TagResourceRequest in) {
        Secret secret = secrets.primary(in.secretId());
        everywhere(secret, () -> secrets.shelf().tag(secret.id(), Tags.of(in.tags())));
        return new TagResourceResponse();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceRequest in) {
        Secret secret = secrets.primary(in.secretId());
        everywhere(secret, () -> secrets.shelf().untag(secret.id(), new HashSet<>(in.tagKeys())));
        return new UntagResourceResponse();
    }

    private void everywhere(Secret secret, Runnable work) {
        var regions = new ArrayList<>(Replication.regions(secret));
        regions.add(Call.current().region());
        regions.forEach(region -> secrets.in(region, () -> {
            work.run();
            return true;
        }));
    }
}
