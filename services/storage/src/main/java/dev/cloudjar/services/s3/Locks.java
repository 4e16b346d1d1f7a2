package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.Version.Hold;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// Object lock: what a new object is held by, and who may yet delete it.
final class Locks {
    private static final String BYPASS = "BypassGovernanceRetention";
    static final String DOCUMENT = "object-lock";

    private static final String MODE = "ObjectLockMode";
    private static final String UNTIL = "ObjectLockRetainUntilDate";
    private static final String LEGAL = "ObjectLockLegalHoldStatus";
    private static final String GOVERNANCE = "GOVERNANCE";
    private static final String COMPLIANCE = "COMPLIANCE";

    private final Kernel kernel;
    private final Documents documents;

    Locks(Kernel kernel, Documents documents) {
        this.kernel = kernel;
        this.documents = documents;
    }

    /// The hold that an input asks for, else the one that the bucket gives to all.
    Hold asked(OwnedBucket bucket, Asked in) {
        Optional<String> mode = in.text(MODE);
        Optional<Instant> until = in.instant(UNTIL);
        Optional<String> legal = in.text(LEGAL);
        if (mode.isEmpty() && until.isEmpty() && legal.isEmpty()) {
            return bucket.has(DOCUMENT) ? usual(bucket) : Hold.NONE;
        }
        if (!bucket.keeping().lock()) {
            throw Refusals.request("Bucket is missing ObjectLockConfiguration");
        }
        if (mode.isPresent() != until.isPresent()) {
            throw Refusals.argument(
                    "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
                    mode.isPresent() ? "x-amz-object-lock-retain-until-date" : "x-amz-object-lock-mode",
                    "null");
        }
        legal.ifPresent(Locks::checkLegal);
        if (mode.isEmpty()) {
            return new Hold("", Instant.EPOCH, legal.orElse(""));
        }
        checkMode(mode.get());
        checkFuture(until.get());
        return new Hold(mode.get(), until.get(), legal.orElse(""));
    }

    /// What is to be held must have arrived as it was sent, so S3 wants something to check it by.
    static void checkSummed(Asked in) {
        boolean held = in.has(MODE) || in.has(UNTIL) || in.has(LEGAL);
        if (held && !in.has("ContentMD5") && Sum.asked(in).isEmpty()) {
            throw Refusals.request("Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with"
                    + " Object Lock parameters");
        }
    }

    static void checkLocked(OwnedBucket bucket) {
        if (!bucket.keeping().lock()) {
            throw Refusals.request("Bucket is missing Object Lock Configuration");
        }
    }

    static void checkBypass(OwnedBucket bucket, Asked in) {
        if (in.has(BYPASS) && !bucket.keeping().lock()) {
            throw Refusals.argument(
                    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
                    "x-amz-bypass-governance-retention",
                    "" + in.flag(BYPASS));
        }
    }

    static void checkLegal(String status) {
        if (!S3.ObjectLockLegalHoldStatus.VALUES.contains(status)) {
            throw Refusals.argument(
                    "Legal Hold must be either of 'ON' or 'OFF'", "x-amz-object-lock-legal-hold", status);
        }
    }

    private static void checkMode(String mode) {
        if (!mode.equals(GOVERNANCE) && !mode.equals(COMPLIANCE)) {
            throw Refusals.argument("Unknown wormMode directive.", "x-amz-object-lock-mode", mode);
        }
    }

    private void checkFuture(Instant until) {
        if (!until.isAfter(kernel.time().now())) {
            throw Refusals.argument(
                    "The retain until date must be in the future!",
                    "x-amz-object-lock-retain-until-date",
                    until.toString());
        }
    }

    private Hold usual(OwnedBucket bucket) {
        return documents
                .find(bucket, DOCUMENT, new S3.ObjectLockConfiguration())
                .flatMap(S3.ObjectLockConfiguration::rule)
                .flatMap(S3.ObjectLockRule::defaultRetention)
                .map(retention -> new Hold(retention.mode().orElse(GOVERNANCE), end(retention), ""))
                .orElse(Hold.NONE);
    }

    private Instant end(S3.DefaultRetention retention) {
        var now = kernel.time().now().atOffset(ZoneOffset.UTC);
        return now.plusDays(retention.days().orElse(0))
                .plusYears(retention.years().orElse(0))
                .toInstant();
    }

    /// Refuses to delete a version for good while something holds it.
    void checkFree(Version version, boolean bypass) {
        Hold hold = version.hold();
        boolean retained = hold.until().isAfter(kernel.time().now());
        boolean bypassed = bypass && hold.mode().equals(GOVERNANCE);
        if (hold.legal().equals("ON") || retained && !bypassed) {
            throw refused();
        }
    }

    /// Refuses to loosen what holds a version.
    void checkTighter(Hold now, Hold then, boolean bypass) {
        boolean retained = now.until().isAfter(kernel.time().now());
        boolean looser = then.until().isBefore(now.until())
                || !then.mode().equals(now.mode()) && !then.mode().equals(COMPLIANCE);
        boolean bypassed = bypass && now.mode().equals(GOVERNANCE);
        if (retained && looser && !bypassed) {
            throw refused();
        }
    }

    Hold retained(Hold now, S3.ObjectLockRetention retention) {
        Optional<String> mode = retention.mode();
        Optional<Instant> until = retention.retainUntilDate();
        if (mode.isPresent() != until.isPresent()) {
            throw Refusals.malformedXml();
        }
        if (mode.isEmpty()) {
            return new Hold("", Instant.EPOCH, now.legal());
        }
        checkFuture(until.get());
        return new Hold(mode.get(), until.get(), now.legal());
    }

    private static AwsError refused() {
        return Refusals.ACCESS_DENIED.because("Access Denied because object protected by object lock.");
    }
}
