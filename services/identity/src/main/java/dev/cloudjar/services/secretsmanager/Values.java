package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.secretsmanager.Safe.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The values of secrets and the labels of their versions.
final class Values implements SecretsManager {
    private static final int MOST_LISTED = 100;
    private static final int MOST_AT_ONCE = 20;

    private final Kernel kernel;
    private final Secrets secrets;
    private final Listing listing;

    Values(Kernel kernel, Secrets secrets, Listing listing) {
        this.kernel = kernel;
        this.secrets = secrets;
        this.listing = listing;
    }

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest in) {
        Secret secret = secrets.alive(in.secretId());
        return GetSecretValueResponse.from(read(secret, version(secret, in.versionId(), in.versionStage())));
    }

    private Version version(Secret secret, Optional<String> id, Optional<String> stage) {
        if (id.isEmpty()) {
            String label = stage.orElse(Version.CURRENT);
            return secrets.staged(secret, label).orElseThrow(() -> missing("staging label: " + label));
        }
        Version version = secrets.version(secret, id.get()).orElseThrow(() -> missing("VersionId: " + id.get()));
        stage.filter(label -> !version.bears(label)).ifPresent(_ -> {
            throw INVALID_REQUEST_EXCEPTION.because(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        });
        return version;
    }

    private static AwsError missing(String what) {
        return RESOURCE_NOT_FOUND_EXCEPTION.because(
                "Secrets Manager can't find the specified secret value for %s", what);
    }

    private SecretValueEntry read(Secret secret, Version version) {
        if (version.value().equals(Version.Sealed.NOTHING)) {
            throw missing("VersionId: " + version.id());
        }
        Value value = secrets.safe().open(secret, version);
        secrets.noteRead(secret, version);
        var told = new SecretValueEntry()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .versionId(version.id())
                .createdDate(version.created());
        if (!version.stages().isEmpty()) {
            told.versionStages(version.stages());
        }
        return value.text() ? told.secretString(value.bytes().utf8()) : told.secretBinary(value.bytes());
    }

    @Override
    public BatchGetSecretValueResponse batchGetSecretValue(BatchGetSecretValueRequest in) {
        if (in.hasSecretIdList() == in.hasFilters()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "You must include Filters or SecretIdList, but not both, in the request.");
        }
        if (in.hasSecretIdList() && in.maxResults().isPresent()) {
            throw INVALID_PARAMETER_EXCEPTION.because("You can't use MaxResults with SecretIdList.");
        }
        Page<String> ids = in.hasSecretIdList()
                ? new Page<>(in.secretIdList(), Optional.empty())
                : listing.page(in.filters(), paging(in.maxResults(), MOST_AT_ONCE, in.nextToken()))
                        .map(Secret::id)
                        .map(id -> secrets.shelf().arn(id).toString());
        var values = new ArrayList<SecretValueEntry>();
        var errors = new ArrayList<APIErrorType>();
        for (String id : ids.items()) {
            try {
                Secret secret = secrets.alive(id);
                values.add(read(secret, version(secret, Optional.empty(), Optional.empty())));
            } catch (AwsError refused) {
                errors.add(new APIErrorType()
                        .secretId(id)
                        .errorCode(refused.code().code())
                        .message(refused.message()));
            }
        }
        return new BatchGetSecretValueResponse()
                .secretValues(values)
                .errors(errors)
                .nextToken(ids.next());
    }

    static Paging paging(Optional<Integer> most, int byDefault, Optional<String> token) {
        return new Paging(
                most.orElse(byDefault),
                token,
                () -> INVALID_NEXT_TOKEN_EXCEPTION.because("The provided NextToken is invalid."));
    }

    @Override
    public PutSecretValueResponse putSecretValue(PutSecretValueRequest in) {
        Secret secret = secrets.primary(in.secretId());
        Value value = Secrets.value(in.secretString(), in.secretBinary())
                .orElseThrow(() ->
                        INVALID_REQUEST_EXCEPTION.because("You must provide either SecretString or SecretBinary."));
        String token = Secrets.token(in.clientRequestToken());
        List<String> stages = in.hasVersionStages() ? in.versionStages() : List.of(Version.CURRENT);
        if (!secrets.isThere(secret, token, value)) {
            boolean first = secrets.staged(secret, Version.CURRENT).isEmpty();
            var labels = new ArrayList<>(stages);
            if (first && !labels.contains(Version.CURRENT) && !labels.contains(Version.PENDING)) {
                labels.add(Version.CURRENT);
            }
            secrets.add(secret, token, labels, secrets.safe().seal(secret, token, value));
            secrets.put(secrets.shelf().get(secret.id()).changed(secrets.now()));
        }
        return new PutSecretValueResponse()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .versionId(token)
                .versionStages(secrets.version(secret, token).orElseThrow().stages());
    }

    @Override
    public UpdateSecretVersionStageResponse updateSecretVersionStage(UpdateSecretVersionStageRequest in) {
        Secret secret = secrets.primary(in.secretId());
        String stage = in.versionStage();
        Optional<Version> bearer = secrets.staged(secret, stage);
        if (in.removeFromVersionId().isEmpty() && in.moveToVersionId().isEmpty()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "You must provide RemoveFromVersionId or MoveToVersionId, or both.");
        }
        if (stage.equals(Version.CURRENT) && in.moveToVersionId().isEmpty()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "You can only move staging label AWSCURRENT to a different secret version. It can't be completely"
                            + " removed.");
        }
        checkRemoval(in, bearer);
        in.moveToVersionId()
                .map(id -> secrets.version(secret, id).orElseThrow(() -> missing("VersionId: " + id)))
                .ifPresentOrElse(
                        to -> secrets.add(secret, to.id(), List.of(stage), to.value()),
                        () -> secrets.take(secret, stage, ""));
        Secret after = secrets.shelf().get(secret.id());
        secrets.put(after.changed(secrets.now()));
        return new UpdateSecretVersionStageResponse().arn(secrets.arn(secret)).name(secret.name());
    }

    /// A label is taken away only from the version that is named as its bearer.
    private static void checkRemoval(UpdateSecretVersionStageRequest in, Optional<Version> bearer) {
        Optional<String> other =
                bearer.map(Version::id).filter(id -> !in.moveToVersionId().equals(Optional.of(id)));
        if (other.isPresent() && in.removeFromVersionId().isEmpty()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached to version"
                            + " %s, so you must explicitly reference that version in RemoveFromVersionId.",
                    in.versionStage(), other.get());
        }
        in.removeFromVersionId()
                .filter(id -> !bearer.map(Version::id).equals(Optional.of(id)))
                .ifPresent(id -> {
                    throw INVALID_PARAMETER_EXCEPTION.because(
                            "Staging label %s isn't attached to version %s.", in.versionStage(), id);
                });
    }

    @Override
    public ListSecretVersionIdsResponse listSecretVersionIds(ListSecretVersionIdsRequest in) {
        Secret secret = secrets.get(in.secretId());
        boolean all = in.includeDeprecated().orElse(false);
        List<Version> versions = all ? secrets.versions(secret) : secrets.labelled(secret);
        Page<SecretVersionsListEntry> page = kernel.tokens()
                .page(
                        paging(in.maxResults(), MOST_LISTED, in.nextToken()),
                        secret.id() + all,
                        start -> versions.stream()
                                .dropWhile(each -> start.filter(id -> !id.equals(each.id()))
                                        .isPresent()),
                        Version::id)
                .map(version -> told(secret, version));
        return new ListSecretVersionIdsResponse()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .versions(page.items())
                .nextToken(page.next());
    }

    private static SecretVersionsListEntry told(Secret secret, Version version) {
        boolean ofAws = secret.profile().kmsKeyId().isEmpty();
        return new SecretVersionsListEntry()
                .versionId(version.id())
                .versionStages(version.stages())
                .createdDate(version.created())
                .lastAccessedDate(version.accessed())
                .kmsKeyIds(
                        List.of(ofAws ? "DefaultEncryptionKey" : version.value().kmsKeyId()));
    }
}
