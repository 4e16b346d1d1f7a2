package dev.cloudjar.conformance.laws;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which operation makes what another needs, guessed from the names of members: `QueueUrl` is an output of
/// `CreateQueue`, `TableName` an input of `CreateTable` by which others name the table.
final class Graph {
    /// A value that `operation` answers, or is told.
    record Maker(OperationSchema operation, String member, boolean answered) {}

    private static final int DEEP = 4;

    private final Map<String, List<Maker>> makers = new HashMap<>();

    Graph(List<OperationSchema> operations) {
        for (OperationSchema operation : operations) {
            if (Words.deletes(operation)) {
                continue;
            }
            answers(operation, operation.output(), 0);
            if (Words.making(operation) > 0) {
                for (Member member : operation.input().members()) {
                    if (member.is(Trait.REQUIRED) && member.target().type() == Type.STRING) {
                        input(new Maker(operation, member.name(), false));
                    }
                }
            }
        }
    }

    private void answers(OperationSchema operation, Shape shape, int depth) {
        if (depth > DEEP) {
            return;
        }
        switch (shape) {
            case StructShape struct ->
                struct.members().forEach(member -> {
                    if (member.target().type() == Type.STRING) {
                        add(new Maker(operation, member.name(), true));
                    }
                    answers(operation, member.target(), depth + 1);
                });
            case ListShape list -> answers(operation, list.element(), depth + 1);
            case MapShape map -> answers(operation, map.value(), depth + 1);
            case Shape scalar -> {}
        }
    }

    /// The name of what is made, whatever it is called: `Bucket` of `CreateBucket`.
    private void input(Maker maker) {
        if (Words.same(maker.member(), Words.noun(maker.operation())) && !Words.refers(maker.member())) {
            makers.computeIfAbsent(key(maker.member()), name -> new ArrayList<>())
                    .add(maker);
        }
        add(maker);
    }

    private void add(Maker maker) {
        if (Words.refers(maker.member())) {
            makers.computeIfAbsent(key(maker.member()), name -> new ArrayList<>())
                    .add(maker);
        }
    }

    private static String key(String member) {
        return member.toLowerCase(Locale.ROOT);
    }

    /// Who makes the value of `member` of an input of `user`; nobody where `user` itself gives the name.
    Optional<Maker> maker(String member, OperationSchema user) {
        String stem = Words.stem(member).isEmpty() ? Words.noun(user) : Words.stem(member);
        if (key(member).startsWith("resource") && Words.refers(member)) {
            return anyResource(member, user);
        }
        boolean own = Words.making(user) > 0
                && (Words.same(stem, Words.noun(user))
                        || Words.verb(user).equals("Put") && Words.noun(user).endsWith(stem));
        return own
                ? Optional.empty()
                : makers.getOrDefault(key(member), List.of()).stream()
                        .filter(maker -> !maker.operation().equals(user) && fits(maker, stem))
                        .max(Comparator.comparingInt(maker -> score(maker, stem)));
    }

    /// `ResourceArn` is the ARN of whatever the service makes.
    private Optional<Maker> anyResource(String member, OperationSchema user) {
        String suffix = key(member).substring("resource".length());
        return makers.values().stream()
                .flatMap(List::stream)
                .filter(maker -> maker.answered() && key(maker.member()).endsWith(suffix))
                .filter(maker -> Words.making(maker.operation()) > 0
                        && !maker.operation().equals(user))
                .max(Comparator.comparingInt(maker -> score(maker, Words.stem(maker.member()))
                        - maker.operation().index()));
    }

    /// Names that say nothing by themselves must be of the same noun.
    private static boolean fits(Maker maker, String stem) {
        boolean same = Words.same(stem, Words.noun(maker.operation()));
        boolean telling = !Words.stem(maker.member()).isEmpty();
        boolean makes = Words.making(maker.operation()) > 0;
        return same && makes
                || telling && (makes || maker.answered() && maker.member().matches(".*(Handle|Token)"));
    }

    private static int score(Maker maker, String stem) {
        int score = Words.making(maker.operation());
        if (Words.same(stem, Words.noun(maker.operation()))) {
            score += 100;
        }
        return score + (maker.answered() ? 20 : 0);
    }
}
