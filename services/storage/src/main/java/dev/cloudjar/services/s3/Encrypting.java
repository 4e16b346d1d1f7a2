package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Keys;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Chooses how an object is encrypted at rest: as its request says, else as its bucket does, else by S3 itself.
/// Makes and opens the keys for it.
final class Encrypting {
    /// The secret from which keys for `AES256` follow.
    record Master(String key, Blob secret) implements Row<String> {}

    /// How an object is to be encrypted, and the cipher that does it, if one is needed.
    record Chosen(Seal seal, Optional<Cipher> cipher) {}

    static final String DOCUMENT = "encryption";

    private static final String SSE = "x-amz-server-side-encryption";
    private static final int KEY = 32;

    private final Kernel kernel;
    private final Documents documents;
    private final Table<String, Master> masters;

    Encrypting(Kernel kernel, Documents documents) {
        this.kernel = kernel;
        this.documents = documents;
        this.masters = kernel.table(Master.class, Scope.WORLD);
    }

    Chosen choose(OwnedBucket bucket, String key, Asked in) {
        Optional<CustomerKey> customer = CustomerKey.of(in, "");
        Optional<String> asked = in.text("ServerSideEncryption");
        if (customer.isPresent()) {
            if (asked.isPresent()) {
                throw Refusals.argument(
                        "Server Side Encryption with Customer provided key is incompatible with the encryption method"
                                + " specified",
                        SSE,
                        asked.get());
            }
            checkUnblocked(bucket);
            Seal seal = new Seal(
                    Seal.AES256, "", "", false, Blob.EMPTY, customer.get().md5());
            return new Chosen(seal, Optional.of(new Cipher(customer.get().key())));
        }
        if (asked.isEmpty() && in.has("SSEKMSKeyId")) {
            throw keyWithoutKms("null");
        }
        Optional<S3.ServerSideEncryptionByDefault> usual = usual(bucket);
        String algorithm = asked.or(() -> usual.map(S3.ServerSideEncryptionByDefault::sseAlgorithm))
                .orElse("");
        return switch (algorithm) {
            case "" -> new Chosen(Seal.MANAGED, Optional.empty());
            case Seal.AES256 -> managed(in);
            case Seal.KMS, Seal.DSSE -> kms(bucket, key, in, algorithm, usual);
            default -> throw Refusals.argument("The encryption method specified is not supported", SSE, algorithm);
        };
    }

    private Optional<S3.ServerSideEncryptionByDefault> usual(OwnedBucket bucket) {
        return rule(bucket).flatMap(S3.ServerSideEncryptionRule::applyServerSideEncryptionByDefault);
    }

    private Optional<S3.ServerSideEncryptionRule> rule(OwnedBucket bucket) {
        return documents
                .find(bucket, DOCUMENT, new S3.ServerSideEncryptionConfiguration())
                .flatMap(configuration -> configuration.rules().stream().findFirst());
    }

    /// Customers' keys are refused unless the bucket says that nothing is blocked, as since April 2026.
    private void checkUnblocked(OwnedBucket bucket) {
        boolean open = rule(bucket)
                .flatMap(S3.ServerSideEncryptionRule::blockedEncryptionTypes)
                .filter(blocked -> blocked.encryptionType().contains("NONE"))
                .isPresent();
        if (!open) {
            throw Refusals.ACCESS_DENIED.because("Access Denied because SSE-C is blocked for this bucket.");
        }
    }

    private static AwsError keyWithoutKms(String algorithm) {
        return Refusals.argument(
                "Server Side Encryption with AWS KMS managed key requires HTTP header"
                        + " x-amz-server-side-encryption : aws:kms",
                SSE,
                algorithm);
    }

    private Chosen managed(Asked in) {
        if (in.has("SSEKMSKeyId")) {
            throw keyWithoutKms(Seal.AES256);
        }
        Blob salt = Blob.of(kernel.ids().bytes(KEY));
        return new Chosen(new Seal(Seal.AES256, "", "", false, salt, ""), Optional.of(new Cipher(derived(salt))));
    }

    private Chosen kms(
            OwnedBucket bucket,
            String key,
            Asked in,
            String algorithm,
            Optional<S3.ServerSideEncryptionByDefault> usual) {
        String name = in.filled("SSEKMSKeyId")
                .or(() -> usual.flatMap(S3.ServerSideEncryptionByDefault::kmsMasterKeyId))
                .orElse("alias/aws/s3");
        boolean bucketKey = in.has("BucketKeyEnabled")
                ? in.flag("BucketKeyEnabled")
                : rule(bucket)
                        .flatMap(S3.ServerSideEncryptionRule::bucketKeyEnabled)
                        .orElse(false);
        String given =
                in.filled("SSEKMSEncryptionContext").map(Encrypting::context).orElse("");
        String about = bucketKey ? bucket.arn() : bucket.arn() + '/' + key;
        String context = Json.write(context(given, about));
        Keys.DataKey made = refusing(() -> kernel.keys().generate(name, context(given, about)));
        Seal seal = new Seal(algorithm, made.key().toString(), context, bucketKey, made.sealed(), "");
        return new Chosen(seal, Optional.of(new Cipher(made.plaintext())));
    }

    private static String context(String base64) {
        String json = decoded(base64);
        if (Json.object(json).isEmpty()) {
            throw Refusals.argument(
                    "The header '" + SSE + "-context' shall be base64-encoded UTF-8 JSON with string key-value pairs",
                    SSE + "-context",
                    base64);
        }
        return json;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static Map<String, String> context(String json, String about) {
        Map<String, String> context = new LinkedHashMap<>();
        Json.object(json).orElse(Map.of()).forEach((name, value) -> context.put(name, String.valueOf(value)));
        context.putIfAbsent("aws:s3:arn", about);
        return context;
    }

    /// The cipher that reads an object, which its customer's key must fit. `prefix` is `CopySource` for sources.
    Optional<Cipher> opening(Content content, Asked in, String prefix) {
        Optional<CustomerKey> customer = CustomerKey.of(in, prefix);
        Seal seal = content.seal().orElse(Seal.MANAGED);
        if (seal.isCustomers()) {
            CustomerKey key = customer.orElseThrow(() -> Refusals.request(
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be"
                            + " provided to retrieve the object."));
            if (!key.md5().equals(seal.customerMd5())) {
                throw Refusals.ACCESS_DENIED.because("Access Denied");
            }
            return Optional.of(new Cipher(key.key()));
        }
        if (customer.isPresent()) {
            throw Refusals.request("The encryption parameters are not applicable to this object.");
        }
        return seal.encrypts() ? Optional.of(new Cipher(dataKey(seal))) : Optional.empty();
    }

    Blob dataKey(Seal seal) {
        if (!seal.isKms()) {
            return derived(seal.dataKey());
        }
        return refusing(() -> kernel.keys().open(seal.dataKey(), context(seal.context(), "")));
    }

    /// What KMS refuses, S3 refuses under a name of its own.
    private static <R> R refusing(Supplier<R> use) {
        try {
            return use.get();
        } catch (AwsError refused) {
            String code = refused.code().code();
            if (code.startsWith("AccessDenied")) {
                throw Refusals.ACCESS_DENIED.because("%s", refused.message());
            }
            throw Refusals.of("KMS." + code, 400, refused.message());
        }
    }

    private Blob derived(Blob salt) {
        Blob secret = kernel.transact(() -> masters.find(Seal.AES256)
                .orElseGet(() ->
                        masters.put(new Master(Seal.AES256, Blob.of(kernel.ids().bytes(KEY)))))
                .secret());
        return Blob.of(Digests.hmacSha256(secret.bytes()).doFinal(salt.bytes()));
    }
}
