package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Location;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The members of a structure by their place in an HTTP message.
final class HttpBinding {
    private final List<Member> headers = new ArrayList<>();
    private final List<Member> prefixes = new ArrayList<>();
    private final List<Member> query = new ArrayList<>();
    private final List<Member> labels = new ArrayList<>();
    private final List<Member> queryMaps = new ArrayList<>();
    private final List<Member> status = new ArrayList<>();
    private final Set<String> queryNames = new HashSet<>();
    private final Optional<Member> range;
    private final Optional<Member> payload;
    private final boolean body;
    private final boolean answerBody;

    HttpBinding(StructShape shape) {
        boolean hasBody = false;
        boolean hasAnswerBody = false;
        Optional<Member> events = Optional.empty();
        for (Member member : shape.members()) {
            place(member);
            hasBody |= Binding.REQUEST.holds(member);
            hasAnswerBody |= Binding.ANSWER.holds(member);
            if (BodyFormat.isEventStream(member)) {
                events = Optional.of(member);
            }
        }
        payload = shape.payload().isPresent() ? shape.payload() : events;
        range = headers.stream()
                .filter(member -> member.wireName().equals("Content-Range"))
                .findFirst();
        body = hasBody;
        answerBody = hasAnswerBody;
    }

    private void place(Member member) {
        List<Member> place = switch (member.wire().location()) {
            case HEADER -> headers;
            case HEADERS -> prefixes;
            case QUERY -> query;
            case QUERY_MAP -> queryMaps;
            case URI -> labels;
            case STATUS -> status;
            case BODY -> new ArrayList<>();
        };
        place.add(member);
        if (member.wire().location() == Location.QUERY) {
            queryNames.add(member.wireName());
        }
    }

    List<Member> headers() {
        return headers;
    }

    List<Member> prefixes() {
        return prefixes;
    }

    List<Member> query() {
        return query;
    }

    List<Member> queryMaps() {
        return queryMaps;
    }

    Set<String> queryNames() {
        return queryNames;
    }

    List<Member> labels() {
        return labels;
    }

    List<Member> status() {
        return status;
    }

    /// The member that says which part of a whole the body is.
    Optional<Member> range() {
        return range;
    }

    /// The member that is the whole body.
    Optional<Member> payload() {
        return payload;
    }

    /// Whether members share the body of a request.
    boolean hasBody() {
        return body;
    }

    /// Whether members share the body of an answer.
    boolean hasAnswerBody() {
        return answerBody;
    }
}
