package dev.cloudjar.wire.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.cloudjar.model.AwsError;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a form for uploading to S3 is good for: until when, with which fields, and how large a file.
public final class PostPolicy {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String LENGTH = "content-length-range";

    private final Instant expiration;
    private final List<Condition> conditions;
    private final long least;
    private final long most;

    /// A field must equal `value`, or begin with it.
    private record Condition(boolean prefix, String field, String value) {
        boolean holds(Map<String, String> fields) {
            String given = fields.getOrDefault(field, "");
            return prefix ? given.startsWith(value) : given.equals(value);
        }

        @Override
        public String toString() {
            return "[\"" + (prefix ? "starts-with" : "eq") + "\", \"$" + field + "\", \"" + value + "\"]";
        }
    }

    private PostPolicy(Instant expiration, List<Condition> conditions, long least, long most) {
        this.expiration = expiration;
        this.conditions = conditions;
        this.least = least;
        this.most = most;
    }

    static PostPolicy parse(String base64) {
        byte[] document;
        try {
            document = Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException malformed) {
            throw invalid("Invalid Policy: Invalid Base64 encoding.");
        }
        try (JsonParser parser = JSON.createParser(document)) {
            return new Reader(parser).read();
        } catch (IOException malformed) {
            throw invalid("Invalid Policy: Invalid JSON.");
        }
    }

    /// Holds the fields of a form, named without regard to case, to the policy.
    void check(Map<String, String> fields, Instant now) {
        if (!now.isBefore(expiration)) {
            throw denied("Policy expired.");
        }
        for (Condition condition : conditions) {
            if (!condition.holds(fields)) {
                throw denied("Policy Condition failed: " + condition);
            }
        }
        for (String field : fields.keySet()) {
            if (!isFree(field) && conditions.stream().noneMatch(c -> c.field.equalsIgnoreCase(field))) {
                throw denied("Extra input fields: " + field);
            }
        }
    }

    /// Refuses a file that is larger or smaller than the policy wants.
    public void checkLength(long size) {
        if (size > most) {
            throw S3Error.of("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size")
                    .with("ProposedSize", Long.toString(size))
                    .with("MaxSizeAllowed", Long.toString(most))
                    .toError();
        }
        if (size < least) {
            throw S3Error.of("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
                    .with("ProposedSize", Long.toString(size))
                    .with("MinSizeAllowed", Long.toString(least))
                    .toError();
        }
    }

    /// The fields that no policy need mention.
    private static boolean isFree(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "x-amz-signature", "awsaccesskeyid", "signature", "policy", "file", "bucket" -> true;
            default -> field.regionMatches(true, 0, "x-ignore-", 0, 9);
        };
    }

    private static AwsError denied(String reason) {
        return S3Error.of("AccessDenied", 403, "Invalid according to Policy: " + reason)
                .toError();
    }

    private static AwsError invalid(String reason) {
        return S3Error.of("InvalidPolicyDocument", 400, reason).toError();
    }

    /// Reads a policy document once.
    private static final class Reader {
        private final JsonParser parser;
        private final List<Condition> conditions = new ArrayList<>();
        private @Nullable Instant expiration;
        private long least;
        private long most = Long.MAX_VALUE;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        PostPolicy read() throws IOException {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "expiration" -> expiration = instant(parser.getText());
                    case "conditions" -> {
                        expect(value == JsonToken.START_ARRAY);
                        readConditions();
                    }
                    default -> throw invalid("Invalid Policy: Unexpected: '" + name + "'.");
                }
            }
            if (expiration == null) {
                throw invalid("Invalid Policy: Policy missing expiration.");
            }
            return new PostPolicy(expiration, List.copyOf(conditions), least, most);
        }

        private void readConditions() throws IOException {
            JsonToken token = parser.nextToken();
            while (token != JsonToken.END_ARRAY) {
                if (token == JsonToken.START_OBJECT) {
                    readPairs();
                } else {
                    expect(token == JsonToken.START_ARRAY);
                    readTriple();
                }
                token = parser.nextToken();
            }
        }

        private void readPairs() throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                conditions.add(new Condition(false, field, parser.getText()));
            }
        }

        private void readTriple() throws IOException {
            List<String> words = new ArrayList<>(3);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                expect(words.size() < 3 && parser.currentToken().isScalarValue());
                words.add(parser.getText());
            }
            expect(words.size() == 3);
            switch (words.getFirst().toLowerCase(Locale.ROOT)) {
                case "eq" -> conditions.add(new Condition(false, field(words.get(1)), words.get(2)));
                case "starts-with" -> conditions.add(new Condition(true, field(words.get(1)), words.get(2)));
                case LENGTH -> {
                    least = number(words.get(1));
                    most = number(words.get(2));
                }
                default ->
                    throw invalid("Invalid Policy: Invalid Condition: unknown operation '" + words.getFirst() + "'.");
            }
        }

        private static String field(String name) {
            if (!name.startsWith("$")) {
                throw invalid("Invalid Policy: Invalid Condition: invalid field name '" + name + "'.");
            }
            return name.substring(1);
        }

        private static long number(String text) {
            boolean number =
                    !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number) {
                throw invalid("Invalid Policy: Invalid Condition: content-length-range must be two integers.");
            }
            return Long.parseLong(text);
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException malformed) {
                throw invalid("Invalid Policy: Invalid 'expiration' value: '" + text + "'");
            }
        }

        private static void expect(boolean so) {
            if (!so) {
                throw invalid("Invalid Policy: Invalid JSON.");
            }
        }
    }
}
