package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Values;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// The condition operators: how one value of a request is held against one of a policy. A negated operator holds
/// where its plain counterpart does not.
enum Operator {
    STRING_EQUALS("StringEquals", false, String::equals),
    STRING_NOT_EQUALS("StringNotEquals", true, String::equals),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", false, String::equalsIgnoreCase),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", true, String::equalsIgnoreCase),
    STRING_LIKE("StringLike", false, null),
    STRING_NOT_LIKE("StringNotLike", true, null),
    NUMERIC_EQUALS("NumericEquals", false, (asked, given) -> numbers(asked, given) == 0),
    NUMERIC_NOT_EQUALS("NumericNotEquals", true, (asked, given) -> numbers(asked, given) == 0),
    NUMERIC_LESS_THAN("NumericLessThan", false, (asked, given) -> numbers(asked, given) == -1),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", false, (asked, given) -> numbers(asked, given) < 1),
    NUMERIC_GREATER_THAN("NumericGreaterThan", false, (asked, given) -> numbers(asked, given) == 1),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", false, (asked, given) -> between(numbers(asked, given))),
    DATE_EQUALS("DateEquals", false, (asked, given) -> dates(asked, given) == 0),
    DATE_NOT_EQUALS("DateNotEquals", true, (asked, given) -> dates(asked, given) == 0),
    DATE_LESS_THAN("DateLessThan", false, (asked, given) -> dates(asked, given) == -1),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", false, (asked, given) -> dates(asked, given) < 1),
    DATE_GREATER_THAN("DateGreaterThan", false, (asked, given) -> dates(asked, given) == 1),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", false, (asked, given) -> between(dates(asked, given))),
    BOOL("Bool", false, String::equalsIgnoreCase),
    BINARY_EQUALS("BinaryEquals", false, Operator::sameBytes),
    IP_ADDRESS("IpAddress", false, (asked, given) -> Cidr.holds(given, asked)),
    NOT_IP_ADDRESS("NotIpAddress", true, (asked, given) -> Cidr.holds(given, asked)),
    ARN_EQUALS("ArnEquals", false, null),
    ARN_LIKE("ArnLike", false, null),
    ARN_NOT_EQUALS("ArnNotEquals", true, null),
    ARN_NOT_LIKE("ArnNotLike", true, null),
    NULL("Null", false, String::equalsIgnoreCase);

    private static final int UNKNOWN = 2;
    private static final Map<String, Operator> BY_NAME = byName();

    private final String wire;
    private final boolean negated;

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
    private final @Nullable BiPredicate<String, String> test;

    Operator(String wire, boolean negated, @Nullable BiPredicate<String, String> test) {
        this.wire = wire;
        this.negated = negated;
        this.test = test;
    }

    private static Map<String, Operator> byName() {
        var all = new HashMap<String, Operator>();
        for (Operator operator : values()) {
            all.put(operator.wire.toLowerCase(Locale.ROOT), operator);
        }
        return Map.copyOf(all);
    }

    /// The operator of that name, whatever its case.
    static Optional<Operator> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    String wire() {
        return wire;
    }

    boolean negated() {
        return negated;
    }

    /// How the operator reads a value of a policy: with wildcards, or as it stands.
    Glob value(String text, boolean variables) {
        if (test != null) {
            return variables ? Glob.exact(text) : Glob.exactly(text);
        }
        return variables ? Glob.of(text) : Glob.plain(text);
    }

    /// Whether `asked`, of the request, is what the policy's `given` means; of a negated operator, what it
    /// excludes.
    boolean holds(String asked, Glob given, Values values) {
        if (test == null) {
            return wire.startsWith("Arn") ? Arns.matches(asked, given, values) : given.matches(asked, values);
        }
        String text = given.resolved(values);
        return text != null && test.test(asked, text);
    }

    /// -1, 0 or 1, or 2 where one of them is no number.
    private static int numbers(String asked, String given) {
        try {
            return Double.compare(Double.parseDouble(asked), Double.parseDouble(given));
        } catch (NumberFormatException notNumbers) {
            return UNKNOWN;
        }
    }

    private static boolean between(int compared) {
        return compared == 0 || compared == 1;
    }

    private static int dates(String asked, String given) {
        Instant one = instant(asked);
        Instant other = instant(given);
        return one == null || other == null ? UNKNOWN : Integer.signum(one.compareTo(other));
    }

    /// A date of ISO 8601, or seconds since 1970.
    static @Nullable Instant instant(String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return text.length() < 14 ? Instant.ofEpochSecond(Long.parseLong(text)) : null;
            }
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static boolean sameBytes(String asked, String given) {
        try {
            return Arrays.equals(
                    Base64.getDecoder().decode(asked), Base64.getDecoder().decode(given));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
