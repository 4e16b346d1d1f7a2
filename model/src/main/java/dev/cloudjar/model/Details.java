package dev.cloudjar.model;

import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.Member.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an error tells beyond code and message though no model names it: elements of its document, as S3's
/// errors carry them, and headers beside it.
public final class Details {
    private record Detail(String name, String value, Location location) {}

    private static final Shape TEXT = text();

    private final List<Detail> all = new ArrayList<>(2);

    /// An error that tells `value` as its element `name`.
    public static Details of(String name, String value) {
        return new Details().and(name, value);
    }

    public Details and(String name, String value) {
        all.add(new Detail(name, value, Location.BODY));
        return this;
    }

    public Details header(String name, String value) {
        all.add(new Detail(name, value, Location.HEADER));
        return this;
    }

    /// The error `code` with these details.
    public AwsError refuse(AwsError.Code code, String message) {
        List<Member> members = new ArrayList<>(all.size());
        for (Detail detail : all) {
            var wire = new Wire(
                    detail.location(),
                    Optional.of(detail.name()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            members.add(new Member(detail.name(), members.size(), () -> TEXT, wire, Set.of()));
        }
        var facts = new StructShape.Facts(
                Set.of(StructShape.Flag.ERROR, StructShape.Flag.SENDER_FAULT),
                Optional.of(new StructShape.ErrorFacts(code.code(), code.queryCode(), code.status())),
                Optional.empty(),
                Optional.empty(),
                false);
        var shape = new StructShape(code.code(), members, facts, Struct::new);
        return new AwsError.Code(code.code(), code.queryCode(), code.status(), code.senderFault(), Optional.of(shape))
                .with(this::fill, message);
    }

    private void fill(Struct error) {
        for (int i = 0; i < all.size(); i++) {
            error.set(i, all.get(i).value());
        }
    }

    private static Shape text() {
        return new Shape("String", Type.STRING, Shape.Constraints.NONE);
    }
}
