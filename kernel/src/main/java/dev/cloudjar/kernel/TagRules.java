package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import java.util.Locale;
import java.util.Map;

/// AWS's common rules for tags, and how a service refuses those that break them: at most fifty on a resource,
/// keys of up to 128 characters and values of up to 256, none of AWS's own.
///
/// @param most how many a resource may have
/// @param characters what keys and values consist of
public record TagRules(int most, Accepts characters, Wording wording) {
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /// Letters, digits and spaces of any language, and `_ . : / = + - @`.
    public static final Accepts USUAL_CHARACTERS = value -> value.toString()
            .codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || Character.isSpaceChar(c) || "_.:/=+-@".indexOf(c) >= 0);

    /// The rules where a service has no wording of its own.
    public static final TagRules COMMON = new TagRules(50, USUAL_CHARACTERS, new Wording() {});

    /// How a service refuses tags. By default, as services with AWS's common framework do.
    public interface Wording {
        AwsError.Code INVALID = AwsError.Code.of("ValidationException", 400);

        default AwsError tooMany(String id, int most) {
            return AwsError.Code.of("TooManyTagsException", 400)
                    .because("The resource %s may have at most %d tags.", id, most);
        }

        default AwsError key(String key) {
            return INVALID.because("The tag key '%s' must have 1 to %d valid characters.", key, LONGEST_KEY);
        }

        default AwsError value(String key, String value) {
            return INVALID.because("The value of the tag '%s' must have 0 to %d valid characters.", key, LONGEST_VALUE);
        }

        default AwsError reserved(String key) {
            return INVALID.because("aws: prefixed tag key names are not allowed for external use.");
        }
    }

    /// Refuses `added` where one of them breaks a rule, or where `all`, which they make, are too many.
    public void check(String id, Map<String, String> added, Map<String, String> all) {
        added.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY || !characters.takes(key)) {
                throw wording.key(key);
            }
            if (value.length() > LONGEST_VALUE || !characters.takes(value)) {
                throw wording.value(key, value);
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw wording.reserved(key);
            }
        });
        if (all.size() > most) {
            throw wording.tooMany(id, most);
        }
    }
}
