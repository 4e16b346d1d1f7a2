package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.util.Optional;

/// The configuration documents of buckets that are kept and given back, each held to its rules before.
final class Configurations implements S3 {
    static final String CORS = "cors";
    static final String TAGGING = "tagging";
    static final String WEBSITE = "website";
    static final String LOGGING = "logging";
    static final String REPLICATION = "replication";
    static final String PUBLIC_ACCESS = "public-access-block";
    static final String ACCELERATE = "accelerate";
    static final String PAYMENT = "request-payment";
    static final String ABAC = "abac";

    private final Kernel kernel;
    private final Configured configured;
    private final Buckets buckets;

    Configurations(Parts parts, Configured configured) {
        this.kernel = parts.kernel();
        this.configured = configured;
        this.buckets = parts.buckets();
    }

    @Override
    public PutBucketCorsResponse putBucketCors(PutBucketCorsRequest in) {
        CorsRules.check(in.corsConfiguration());
        configured.put(in, CORS, in.corsConfiguration());
        return new PutBucketCorsResponse();
    }

    @Override
    public GetBucketCorsOutput getBucketCors(GetBucketCorsRequest in) {
        CORSConfiguration found = configured.get(
                in,
                CORS,
                new CORSConfiguration(),
                Configured.missing("NoSuchCORSConfiguration", "The CORS configuration does not exist"));
        return GetBucketCorsOutput.from(found);
    }

    @Override
    public DeleteBucketCorsResponse deleteBucketCors(DeleteBucketCorsRequest in) {
        configured.delete(in, CORS);
        return new DeleteBucketCorsResponse();
    }

    @Override
    public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest in) {
        Tags.checked(in.tagging().tagSet(), Tags.MOST_OF_BUCKET);
        configured.put(in, TAGGING, in.tagging());
        return new PutBucketTaggingResponse();
    }

    @Override
    public GetBucketTaggingOutput getBucketTagging(GetBucketTaggingRequest in) {
        Tagging found = configured.get(
                in, TAGGING, new Tagging(), Configured.missing("NoSuchTagSet", "The TagSet does not exist"));
        return new GetBucketTaggingOutput().tagSet(found.tagSet());
    }

    @Override
    public DeleteBucketTaggingResponse deleteBucketTagging(DeleteBucketTaggingRequest in) {
        configured.delete(in, TAGGING);
        return new DeleteBucketTaggingResponse();
    }

    @Override
    public PutBucketWebsiteResponse putBucketWebsite(PutBucketWebsiteRequest in) {
        WebsiteRules.check(in.websiteConfiguration());
        configured.put(in, WEBSITE, in.websiteConfiguration());
        return new PutBucketWebsiteResponse();
    }

    @Override
    public GetBucketWebsiteOutput getBucketWebsite(GetBucketWebsiteRequest in) {
        WebsiteConfiguration found = configured.get(
                in,
                WEBSITE,
                new WebsiteConfiguration(),
                Configured.missing(
                        "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"));
        return GetBucketWebsiteOutput.from(found);
    }

    @Override
    public DeleteBucketWebsiteResponse deleteBucketWebsite(DeleteBucketWebsiteRequest in) {
        configured.delete(in, WEBSITE);
        return new DeleteBucketWebsiteResponse();
    }

    @Override
    public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest in) {
        EncryptionRules.check(in.serverSideEncryptionConfiguration());
        configured.put(in, Encrypting.DOCUMENT, in.serverSideEncryptionConfiguration());
        return new PutBucketEncryptionResponse();
    }

    @Override
    public GetBucketEncryptionOutput getBucketEncryption(GetBucketEncryptionRequest in) {
        ServerSideEncryptionConfiguration found = configured
                .find(in, Encrypting.DOCUMENT, new ServerSideEncryptionConfiguration())
                .orElseGet(EncryptionRules::usual);
        return new GetBucketEncryptionOutput().serverSideEncryptionConfiguration(found);
    }

    /// Back to what every bucket begins with: there is no bucket without encryption.
    @Override
    public DeleteBucketEncryptionResponse deleteBucketEncryption(DeleteBucketEncryptionRequest in) {
        configured.delete(in, Encrypting.DOCUMENT);
        return new DeleteBucketEncryptionResponse();
    }

    @Override
    public PutBucketLoggingResponse putBucketLogging(PutBucketLoggingRequest in) {
        Optional<LoggingEnabled> logging = in.bucketLoggingStatus().loggingEnabled();
        if (logging.isEmpty()) {
            configured.delete(in, LOGGING);
            return new PutBucketLoggingResponse();
        }
        OwnedBucket bucket = configured.bucket(in);
        OwnedBucket target = buckets.find(logging.get().targetBucket())
                .orElseThrow(() -> badTarget(logging.get(), "The target bucket for logging does not exist"));
        if (!target.owner().equals(bucket.owner())) {
            throw badTarget(
                    logging.get(), "The owner for the bucket to be logged and the target bucket must be the same.");
        }
        if (!target.region().equals(bucket.region())) {
            throw Refusals.of("CrossLocationLoggingProhibited", 403, "Cross S3 location logging not allowed. ");
        }
        configured.put(in, LOGGING, in.bucketLoggingStatus());
        return new PutBucketLoggingResponse();
    }

    private static AwsError badTarget(LoggingEnabled logging, String reason) {
        return Details.of("TargetBucket", logging.targetBucket())
                .refuse(Code.of("InvalidTargetBucketForLogging", 400), reason);
    }

    @Override
    public GetBucketLoggingOutput getBucketLogging(GetBucketLoggingRequest in) {
        return configured
                .find(in, LOGGING, new BucketLoggingStatus())
                .map(GetBucketLoggingOutput::from)
                .orElseGet(GetBucketLoggingOutput::new);
    }

    @Override
    public PutBucketAccelerateConfigurationResponse putBucketAccelerateConfiguration(
            PutBucketAccelerateConfigurationRequest in) {
        OwnedBucket bucket = configured.bucket(in);
        if (in.accelerateConfiguration().status().isEmpty()) {
            throw Refusals.malformedXml();
        }
        if (bucket.name().contains(".")) {
            throw Refusals.request(
                    "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
        }
        configured.put(in, ACCELERATE, in.accelerateConfiguration());
        return new PutBucketAccelerateConfigurationResponse();
    }

    @Override
    public GetBucketAccelerateConfigurationOutput getBucketAccelerateConfiguration(
            GetBucketAccelerateConfigurationRequest in) {
        return configured
                .find(in, ACCELERATE, new AccelerateConfiguration())
                .map(found -> new GetBucketAccelerateConfigurationOutput().status(found.status()))
                .orElseGet(GetBucketAccelerateConfigurationOutput::new);
    }

    @Override
    public PutBucketRequestPaymentResponse putBucketRequestPayment(PutBucketRequestPaymentRequest in) {
        configured.put(in, PAYMENT, in.requestPaymentConfiguration());
        return new PutBucketRequestPaymentResponse();
    }

    @Override
    public GetBucketRequestPaymentOutput getBucketRequestPayment(GetBucketRequestPaymentRequest in) {
        String payer = configured
                .find(in, PAYMENT, new RequestPaymentConfiguration())
                .map(RequestPaymentConfiguration::payer)
                .orElse(Payer.BUCKET_OWNER);
        return new GetBucketRequestPaymentOutput().payer(payer);
    }

    @Override
    public PutBucketAbacResponse putBucketAbac(PutBucketAbacRequest in) {
        if (in.abacStatus().status().isEmpty()) {
            throw Refusals.malformedXml();
        }
        configured.put(in, ABAC, in.abacStatus());
        return new PutBucketAbacResponse();
    }

    @Override
    public GetBucketAbacOutput getBucketAbac(GetBucketAbacRequest in) {
        AbacStatus status = configured
                .find(in, ABAC, new AbacStatus())
                .orElseGet(() -> new AbacStatus().status(BucketAbacStatus.DISABLED));
        return new GetBucketAbacOutput().abacStatus(status);
    }

    @Override
    public PutBucketReplicationResponse putBucketReplication(PutBucketReplicationRequest in) {
        ReplicationRules.check(configured.bucket(in), in.replicationConfiguration(), buckets);
        kernel.require(Access.of("iam:PassRole", in.replicationConfiguration().role())
                .with("iam:PassedToService", "s3.amazonaws.com"));
        configured.put(in, REPLICATION, ReplicationRules.named(in.replicationConfiguration()));
        return new PutBucketReplicationResponse();
    }

    @Override
    public GetBucketReplicationOutput getBucketReplication(GetBucketReplicationRequest in) {
        ReplicationConfiguration found = configured.get(
                in,
                REPLICATION,
                new ReplicationConfiguration(),
                Configured.missing(
                        "ReplicationConfigurationNotFoundError", "The replication configuration was not found"));
        return new GetBucketReplicationOutput().replicationConfiguration(found);
    }

    @Override
    public DeleteBucketReplicationResponse deleteBucketReplication(DeleteBucketReplicationRequest in) {
        configured.delete(in, REPLICATION);
        return new DeleteBucketReplicationResponse();
    }
}
