package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Conditions under which a client wants an object read, copied or written. `prefix` is that of the input's
/// members: none, `CopySource`, or `Source` of a renaming.
record Conditions(Asked in, String prefix) {
    private static final Code NOT_MODIFIED = Code.of("NotModified", 304);
    private static final Code CONFLICT = Code.of("NotImplemented", 501);

    static Conditions of(Asked in) {
        return new Conditions(in, "");
    }

    /// Refuses a read of `version` as RFC 9110 orders the conditions: an ETag that matches outweighs a date
    /// that does not.
    void checkRead(Version version) {
        Optional<String> match = etag("IfMatch");
        Instant modified = version.origin().modified();
        if (match.isPresent() && !matches(match.get(), version)) {
            throw unmet("If-Match");
        }
        if (match.isEmpty()
                && date("IfUnmodifiedSince").filter(modified::isAfter).isPresent()) {
            throw unmet("If-Unmodified-Since");
        }
        Optional<String> none = etag("IfNoneMatch");
        if (none.isPresent() && matches(none.get(), version)) {
            throw unchanged(version, "If-None-Match");
        }
        if (none.isEmpty()
                && date("IfModifiedSince")
                        .filter(since -> !modified.isAfter(since) && !isToCome(since))
                        .isPresent()) {
            throw unchanged(version, "If-Modified-Since");
        }
    }

    /// A date that is still to come says nothing, as HTTP has it.
    private static boolean isToCome(Instant date) {
        return date.isAfter(Call.current().request().at());
    }

    private AwsError unmet(String condition) {
        String header = prefix.equals("Source") ? "x-amz-rename-source-" : "x-amz-copy-source-";
        return Refusals.condition(prefix.isEmpty() ? condition : header + condition);
    }

    private Optional<String> etag(String name) {
        return in.text(prefix + name);
    }

    private Optional<Instant> date(String name) {
        return in.instant(prefix + name).map(at -> at.truncatedTo(ChronoUnit.SECONDS));
    }

    private static boolean matches(String wanted, Version version) {
        for (String one : wanted.split(",", -1)) {
            String bare = one.strip();
            if (bare.startsWith("W/")) {
                bare = bare.substring(2);
            }
            if (bare.equals("*") || unquoted(bare).equals(version.content().etag())) {
                return true;
            }
        }
        return false;
    }

    static String unquoted(String etag) {
        boolean quoted = etag.length() > 1 && etag.startsWith("\"") && etag.endsWith("\"");
        return quoted ? etag.substring(1, etag.length() - 1) : etag;
    }

    /// A copy whose source has not changed is refused, a read is told to use what it has.
    private AwsError unchanged(Version version, String condition) {
        if (!prefix.isEmpty()) {
            return unmet(condition);
        }
        return Details.of("Condition", condition)
                .header("ETag", '"' + version.content().etag() + '"')
                .header("Last-Modified", Refusals.httpDate(version.origin().modified()))
                .refuse(NOT_MODIFIED, "Not Modified");
    }

    /// Refuses a write over `current`, the version that the key has now.
    void checkWrite(String key, Optional<Version> current) {
        Optional<String> none = in.text("IfNoneMatch");
        Optional<String> match = in.text("IfMatch");
        if (none.isPresent() && !none.get().equals("*")) {
            throw unsupported("If-None-Match");
        }
        if (none.isPresent() && match.isPresent()) {
            throw unsupported("If-Match");
        }
        if (none.isPresent() && current.isPresent()) {
            throw Refusals.condition("If-None-Match");
        }
        if (match.isPresent()) {
            Version there = current.orElseThrow(() -> Refusals.noSuchKey(key));
            if (!unquoted(match.get()).equals(there.content().etag())) {
                throw Refusals.condition("If-Match");
            }
        }
    }

    /// Refuses to delete `current` where it is not what the client believes; a key that is not there is no
    /// failure.
    void checkDelete(Optional<Version> current) {
        Optional<String> match = in.text("IfMatch");
        if (match.isPresent()
                && current.filter(there -> matches(match.get(), there)).isEmpty()) {
            throw Refusals.condition("If-Match");
        }
    }

    private static AwsError unsupported(String header) {
        return Details.of("Header", header)
                .and("additionalMessage", "We don't accept the provided value of " + header + " header for this API")
                .refuse(CONFLICT, "A header you provided implies functionality that is not implemented");
    }
}
