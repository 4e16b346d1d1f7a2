package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Lot;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.TagRules;
import dev.cloudjar.model.AwsError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A secret without its values. Its id is its name and the six characters that its ARN ends in.
///
/// @param lot to which its versions belong
/// @param deletion when it is to be gone
record Secret(
        String id,
        Lot lot,
        Profile profile,
        Dates dates,
        Optional<Instant> deletion,
        Rotation rotation,
        Optional<Regions> regions)
        implements Resource {
    static final int SUFFIX = 6;

    private static final int MOST_TAGS = 50;

    static final Kind<Secret> KIND = Kind.of(
                    SecretsManagerService.ID,
                    "secret",
                    Secret.class,
                    _ -> SecretsManager.RESOURCE_NOT_FOUND_EXCEPTION.because(
                            "Secrets Manager can't find the specified secret."))
            .arn(id -> "secret:" + id)
            .tags(new TagRules(MOST_TAGS, Accepts.ANYTHING, new OfTags()));

    /// What people say of it, and who may see it; an absent text is empty.
    record Profile(String description, String kmsKeyId, String type, String policy) {}

    /// What happened when. It was last read on a day, not at a time.
    record Dates(Instant created, Instant changed, Optional<Instant> accessed, Optional<Instant> rotated) {}

    /// How the secret changes by itself: by which function, how often, and how far a rotation under way has come.
    record Rotation(boolean enabled, String function, Rules rules, Optional<Instant> next, String token, int step) {
        static final Rotation NONE = new Rotation(false, "", Rules.NONE, Optional.empty(), "", 0);

        boolean isRunning() {
            return !token.isEmpty();
        }

        Rotation at(String version, int next) {
            return new Rotation(enabled, function, rules, this.next, version, next);
        }

        Rotation due(Optional<Instant> at) {
            return new Rotation(enabled, function, rules, at, token, step);
        }
    }

    /// How often, as it was said: after days, or by an expression; and how long a rotation may take.
    record Rules(long days, String expression, String duration) {
        static final Rules NONE = new Rules(0, "", "");
    }

    /// Where the secret is, too: first in its primary region.
    record Regions(String primary, List<Replica> replicas) {
        record Replica(String region, String kmsKeyId) {}
    }

    String name() {
        return id.substring(0, id.length() - SUFFIX - 1);
    }

    Secret with(Profile other) {
        return new Secret(id, lot, other, dates, deletion, rotation, regions);
    }

    Secret with(Dates other) {
        return new Secret(id, lot, profile, other, deletion, rotation, regions);
    }

    Secret changed(Instant now) {
        return with(new Dates(dates.created(), now, dates.accessed(), dates.rotated()));
    }

    Secret rotated(Instant now) {
        return with(new Dates(dates.created(), now, dates.accessed(), Optional.of(now)));
    }

    Secret read(Instant day) {
        return with(new Dates(dates.created(), dates.changed(), Optional.of(day), dates.rotated()));
    }

    Secret deletedAt(Optional<Instant> at) {
        return new Secret(id, lot, profile, dates, at, rotation, regions);
    }

    Secret rotating(Rotation other) {
        return new Secret(id, lot, profile, dates, deletion, other, regions);
    }

    Secret in(Optional<Regions> others) {
        return new Secret(id, lot, profile, dates, deletion, rotation, others);
    }

    /// How Secrets Manager refuses tags.
    private static final class OfTags implements TagRules.Wording {
        @Override
        public AwsError tooMany(String id, int most) {
            return SecretsManager.INVALID_PARAMETER_EXCEPTION.because(
                    "You can't have more than %d tags on a secret.", most);
        }

        @Override
        public AwsError reserved(String key) {
            return SecretsManager.INVALID_PARAMETER_EXCEPTION.because(
                    "Tag keys can't start with the reserved prefix aws:.");
        }
    }
}
