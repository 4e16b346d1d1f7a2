package dev.cloudjar.wire.auth;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An error of S3 whose document carries more elements than code and message, which no model names.
public final class S3Error {
    private static final Shape TEXT = textShape();

    private final String code;
    private final int status;
    private final String message;
    private final Map<String, String> elements = new LinkedHashMap<>();

    private S3Error(String code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    public static S3Error of(String code, int status, String message) {
        return new S3Error(code, status, message);
    }

    public S3Error with(String element, String value) {
        elements.put(element, value);
        return this;
    }

    public AwsError toError() {
        if (elements.isEmpty()) {
            return AwsError.Code.of(code, status).because(message);
        }
        List<Member> members = new ArrayList<>();
        for (String element : elements.keySet()) {
            members.add(new Member(element, members.size(), () -> TEXT, Member.Wire.BODY, Set.of()));
        }
        var facts = new StructShape.Facts(
                Set.of(StructShape.Flag.ERROR, StructShape.Flag.SENDER_FAULT),
                Optional.of(new StructShape.ErrorFacts(code, code, status)),
                Optional.empty(),
                Optional.empty(),
                false);
        var shape = new StructShape(code, members, facts, Struct::new);
        return new AwsError.Code(code, code, status, true, Optional.of(shape))
                .with(error -> elements.forEach((name, value) -> set(error, name, value)), message);
    }

    private static void set(Struct error, String element, String value) {
        error.set(error.shape().member(element).orElseThrow(), value);
    }

    private static Shape textShape() {
        return new Shape("String", Type.STRING, Shape.Constraints.NONE);
    }
}
