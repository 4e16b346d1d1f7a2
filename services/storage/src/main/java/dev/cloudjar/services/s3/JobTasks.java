package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3Control.JobOperation;
import dev.cloudjar.api.S3Control.S3AccessControlPolicy;
import dev.cloudjar.api.S3Control.S3ComputeObjectChecksumOperation;
import dev.cloudjar.api.S3Control.S3CopyObjectOperation;
import dev.cloudjar.api.S3Control.S3Tag;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.Member;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a job does to one object: an operation of S3, with the job's settings, in the name of the job's role.
final class JobTasks {
    private static final String DONE = "Successful";

    private final Kernel kernel;
    private final Parts parts;
    private final Errands errands;
    private final Reading reading;
    private final Copying copying;
    private final ObjectSettings settings;
    private final Guarding guarding;
    private final Archive archive;
    private final Resealing resealing;
    private final JobFunctions functions;

    JobTasks(Parts parts, Reading reading, Writing writing, JobFunctions functions) {
        this.functions = functions;
        this.kernel = parts.kernel();
        this.parts = parts;
        this.errands = new Errands(parts);
        this.reading = reading;
        this.copying = new Copying(parts, reading, writing);
        this.settings = new ObjectSettings(parts);
        this.guarding = new Guarding(parts, new Configured(parts));
        this.archive = new Archive(parts);
        this.resealing = new Resealing(parts, reading);
    }

    /// The name of the one operation that is asked for.
    static String name(JobOperation operation) {
        return operation.shape().members().stream()
                .filter(member -> operation.get(member) != null)
                .map(Member::name)
                .collect(Collectors.joining(","));
    }

    /// Does it, or is refused as anybody would be; answers what the report says.
    String carryOut(String job, JobOperation operation, JobTarget target) {
        if (operation.lambdaInvoke().isPresent()) {
            return functions.carryOut(job, operation.lambdaInvoke().get(), target);
        }
        if (operation.s3PutObjectCopy().isPresent()) {
            return copy(operation.s3PutObjectCopy().get(), target);
        }
        if (operation.s3ComputeObjectChecksum().isPresent()) {
            return sum(operation.s3ComputeObjectChecksum().get(), target);
        }
        if (operation.s3UpdateObjectEncryption().isPresent()) {
            var in = S3.UpdateObjectEncryptionRequest.from(
                            operation.s3UpdateObjectEncryption().get())
                    .bucket(target.bucket())
                    .key(target.key())
                    .versionId(target.versionId());
            errands.ask("UpdateObjectEncryption", in, () -> resealing.updateObjectEncryption(in));
            return DONE;
        }
        operation.s3PutObjectAcl().flatMap(acl -> acl.accessControlPolicy()).ifPresent(acl -> put(acl, target));
        operation.s3PutObjectTagging().ifPresent(tags -> tag(tags.tagSet(), target));
        operation.s3DeleteObjectTagging().ifPresent(_ -> untag(target));
        operation.s3InitiateRestoreObject().ifPresent(in -> {
            var tier = in.glacierJobTier().orElse("STANDARD").equals("BULK") ? "Bulk" : "Standard";
            restore(in.expirationInDays(), tier, target);
        });
        operation.s3PutObjectLegalHold().ifPresent(in -> hold(in.legalHold().status(), target));
        operation.s3PutObjectRetention().ifPresent(in -> {
            var request = new S3.PutObjectRetentionRequest()
                    .bucket(target.bucket())
                    .key(target.key())
                    .versionId(target.versionId())
                    .bypassGovernanceRetention(in.bypassGovernanceRetention())
                    .retention(S3.ObjectLockRetention.from(in.retention()));
            errands.change("PutObjectRetention", request, () -> settings.putObjectRetention(request));
        });
        operation.s3ReplicateObject().ifPresent(_ -> replicate(target));
        return DONE;
    }

    private String copy(S3CopyObjectOperation wanted, JobTarget target) {
        String to = wanted.targetResource()
                .flatMap(Arn::parse)
                .map(arn -> DirectoryAccess.bucket(arn).orElse(arn.resource()))
                .orElse(target.bucket());
        String source = target.bucket()
                + '/'
                + URLEncoder.encode(target.key(), StandardCharsets.UTF_8).replace("+", "%20");
        var in = S3.CopyObjectRequest.from(wanted)
                .bucket(to)
                .key(wanted.targetKeyPrefix().map(prefix -> prefix + '/').orElse("") + target.key())
                .copySource(source
                        + target.versionId().map(id -> "?versionId=" + id).orElse(""))
                .acl(wanted.cannedAccessControlList())
                .copySourceIfModifiedSince(wanted.modifiedSinceConstraint())
                .copySourceIfUnmodifiedSince(wanted.unModifiedSinceConstraint())
                .websiteRedirectLocation(wanted.redirectLocation())
                .ssekmsKeyId(wanted.sseAwsKmsKeyId())
                .serverSideEncryption(wanted.sseAwsKmsKeyId().map(_ -> Seal.KMS));
        if (!wanted.newObjectTagging().isEmpty()) {
            in.taggingDirective("REPLACE").tagging(query(wanted.newObjectTagging()));
        }
        wanted.newObjectMetadata().ifPresent(metadata -> {
            in.copyFrom(metadata);
            in.metadata(metadata.userMetadata());
            metadata.sseAlgorithm().ifPresent(in::serverSideEncryption);
        });
        errands.ask("CopyObject", in, () -> copying.copyObject(in));
        return DONE;
    }

    private static String query(List<S3Tag> tags) {
        return tags.stream()
                .map(tag -> URLEncoder.encode(tag.key(), StandardCharsets.UTF_8)
                        + '='
                        + URLEncoder.encode(tag.value(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private void put(S3AccessControlPolicy acl, JobTarget target) {
        var in = new S3.PutObjectAclRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId())
                .acl(acl.cannedAccessControlList());
        acl.accessControlList().ifPresent(list -> in.accessControlPolicy(grants(list)));
        errands.change("PutObjectAcl", in, () -> guarding.putObjectAcl(in));
    }

    private static S3.AccessControlPolicy grants(dev.cloudjar.api.S3Control.S3AccessControlList list) {
        return new S3.AccessControlPolicy()
                .owner(new S3.Owner().id(list.owner().id()))
                .grants(list.grants().stream().map(JobTasks::grant).toList());
    }

    private static S3.Grant grant(dev.cloudjar.api.S3Control.S3Grant grant) {
        var grantee = grant.grantee().orElseThrow(Refusals::malformedXml);
        Optional<String> name = grantee.identifier();
        S3.Grantee to = switch (grantee.typeIdentifier().orElse("id")) {
            case "uri" -> new S3.Grantee().type("Group").uri(name);
            case "emailAddress" ->
                new S3.Grantee().type("AmazonCustomerByEmail").emailAddress(name);
            default -> new S3.Grantee().type("CanonicalUser").id(name);
        };
        return new S3.Grant().grantee(to).permission(grant.permission());
    }

    private void tag(List<S3Tag> tags, JobTarget target) {
        var in = new S3.PutObjectTaggingRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId())
                .tagging(new S3.Tagging().tagSet(tags.stream().map(S3.Tag::from).toList()));
        errands.change("PutObjectTagging", in, () -> settings.putObjectTagging(in));
    }

    private void untag(JobTarget target) {
        var in = new S3.DeleteObjectTaggingRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId());
        errands.change("DeleteObjectTagging", in, () -> settings.deleteObjectTagging(in));
    }

    private void restore(Optional<Integer> days, String tier, JobTarget target) {
        var in = new S3.RestoreObjectRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId())
                .restoreRequest(new S3.RestoreRequest()
                        .days(days)
                        .glacierJobParameters(new S3.GlacierJobParameters().tier(tier)));
        errands.change("RestoreObject", in, () -> archive.restoreObject(in));
    }

    private void hold(String status, JobTarget target) {
        var in = new S3.PutObjectLegalHoldRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId())
                .legalHold(new S3.ObjectLockLegalHold().status(status));
        errands.change("PutObjectLegalHold", in, () -> settings.putObjectLegalHold(in));
    }

    private void replicate(JobTarget target) {
        var in = new S3.GetObjectRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId());
        errands.change("GetObject", in, () -> {
            OwnedBucket bucket = parts.buckets().of(new Asked(in));
            kernel.require(Actions.access("InitiateReplication", bucket.arn() + '/' + target.key()));
            Version version = parts.objects().get(bucket, target.key(), target.versionId(), "GET");
            if (!parts.changes().replicateAgain(bucket, version)) {
                throw Refusals.request("No replication rule of the bucket concerns this object.");
            }
            return version;
        });
    }

    /// Reads an object and says what its checksum is.
    private String sum(S3ComputeObjectChecksumOperation wanted, JobTarget target) {
        var in = new S3.GetObjectRequest()
                .bucket(target.bucket())
                .key(target.key())
                .versionId(target.versionId());
        String algorithm = wanted.checksumAlgorithm().orElse("CRC64NVME");
        var hashing = Sum.named(algorithm).orElse(Hashing.CRC64NVME);
        return errands.ask("GetObject", in, () -> {
            S3.GetObjectOutput out = reading.getObject(in);
            try (var measured = new MeasuredStream(out.body().orElseThrow().open(), Optional.of(hashing))) {
                measured.transferTo(OutputStream.nullOutputStream());
                Sum sum = measured.checksum();
                return Json.write(Map.of(
                        "checksum_base64", sum.value(),
                        "checksum_hex", Digests.hex(sum.bytes()),
                        "checksumAlgorithm", hashing.name().toUpperCase(Locale.ROOT),
                        "checksumType", Sum.FULL_OBJECT,
                        "etag", Conditions.unquoted(out.eTag().orElse(""))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
