package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Xml;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a function of Object Lambda returned for a HEAD or a listing: a status, and headers, a document, or an
/// error.
record LambdaReturn(Map<String, @Nullable Object> members) {
    private static final int FIRST_FAILURE = 300;

    /// The answer that `json` is, or Object Lambda's refusal.
    static LambdaReturn read(String json) {
        var read = new LambdaReturn(Json.object(json).orElseThrow(LambdaReturn::invalid));
        if (read.status() < 100 || read.status() > 599) {
            throw invalid();
        }
        if (read.status() >= FIRST_FAILURE) {
            throw failed(read.status(), read.text("errorCode"), read.text("errorMessage"));
        }
        return read;
    }

    private static AwsError invalid() {
        return Refusals.of("LambdaInvalidResponse", 400, "The Lambda function returned a response that is not valid.");
    }

    /// An error as the function wishes it; what it does not say is said by the status.
    static AwsError failed(int status, Optional<String> code, Optional<String> message) {
        String usual = status == 304 ? "NotModified" : "LambdaRuntimeError";
        return Code.of(code.orElse(usual), status).because("%s", message.orElse(""));
    }

    private int status() {
        return members.get("statusCode") instanceof Number number ? number.intValue() : 0;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(members.get(name)).map(String::valueOf);
    }

    /// The headers it returned, as members of `out`.
    <S extends Struct> S head(S out) {
        if (!(members.get("headers") instanceof Map<?, ?> headers)) {
            throw invalid();
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Member member : out.shape().members()) {
            headers.forEach((name, value) -> {
                String header = String.valueOf(name).toLowerCase(Locale.ROOT);
                String wanted = member.wireName().toLowerCase(Locale.ROOT);
                if (member.wire().location() == Location.HEADERS && header.startsWith(wanted)) {
                    metadata.put(header.substring(wanted.length()), String.valueOf(value));
                    out.set(member, metadata);
                } else if (header.equals(wanted) && value != null) {
                    out.set(member, scalar(member.target(), String.valueOf(value)));
                }
            });
        }
        return out;
    }

    /// The listing it returned, as XML or as JSON.
    <S extends Struct> S listing(S out) {
        if (members.get("listBucketResult") instanceof Map<?, ?> listed) {
            return StructJson.read(Json.write(named(listed)), out);
        }
        Xml xml = text("listResultXml")
                .flatMap(text -> Xml.read(text.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(LambdaReturn::invalid);
        fill(xml, out);
        return out;
    }

    /// JSON whose names begin with capitals, as the members of S3's shapes do.
    private static @Nullable Object named(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var named = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((name, each) -> {
                    String text = String.valueOf(name);
                    named.put(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1), named(each));
                });
                yield named;
            }
            case List<?> list -> list.stream().map(LambdaReturn::named).toList();
            case null -> null;
            default -> value;
        };
    }

    private static void fill(Xml from, Struct into) {
        for (Member member : into.shape().members()) {
            List<Xml> found = from.children("*", member.wireName()).toList();
            if (!found.isEmpty()) {
                boolean several = member.target() instanceof ListShape;
                Object value = several
                        ? found.stream()
                                .map(each -> value(((ListShape) member.target()).element(), each))
                                .toList()
                        : value(member.target(), found.getFirst());
                into.set(member, value);
            }
        }
    }

    private static Object value(Shape shape, Xml from) {
        if (shape instanceof StructShape struct) {
            Struct value = struct.create();
            fill(from, value);
            return value;
        }
        return scalar(shape, from.text());
    }

    private static Object scalar(Shape shape, String text) {
        try {
            return switch (shape.type()) {
                case INTEGER -> Integer.parseInt(text);
                case LONG -> Long.parseLong(text);
                case BOOLEAN -> Boolean.parseBoolean(text);
                case TIMESTAMP -> instant(text);
                default -> text;
            };
        } catch (NumberFormatException | DateTimeParseException unfit) {
            throw invalid();
        }
    }

    private static Instant instant(String text) {
        return text.endsWith("GMT")
                ? ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant()
                : Instant.parse(text);
    }
}
