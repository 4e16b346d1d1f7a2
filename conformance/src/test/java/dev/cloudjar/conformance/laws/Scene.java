package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.JsonInput;
import dev.cloudjar.conformance.client.Samples;
import dev.cloudjar.conformance.laws.Graph.Maker;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One account in which calls are made. What an input needs is made first; what answers and inputs said is
/// remembered by the names of members, for the inputs to come.
final class Scene {
    private static final Pattern PLACE = Pattern.compile("\\{([A-Za-z0-9.]+)}");

    /// Something that a call needs could not be had.
    static final class Unready extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unready(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Court court;
    private final String account;
    private final String region;
    private final Map<String, String> known = new HashMap<>();
    private final Set<OperationSchema> done = new LinkedHashSet<>();
    private final Set<String> steps = new HashSet<>();
    private final Deque<String> underWay = new ArrayDeque<>();
    private final Map<OperationSchema, Struct> tried = new HashMap<>();
    private boolean making = true;
    private int names;

    Scene(Court court, String account, String region) {
        this.court = court;
        this.account = account;
        this.region = region;
    }

    Court court() {
        return court;
    }

    String account() {
        return account;
    }

    /// The same knowledge in another account or region.
    Scene elsewhere(String otherAccount, String otherRegion) {
        var scene = new Scene(court, otherAccount, otherRegion);
        scene.known.putAll(known);
        scene.known.put("account", account);
        scene.done.addAll(done);
        scene.steps.addAll(steps);
        scene.names = names;
        return scene;
    }

    /// Calls the operation with an input that ought to succeed, and fails where it does not.
    Outcome perform(OperationSchema operation) {
        return performed(operation, input(operation));
    }

    Outcome performed(OperationSchema operation, Struct input) {
        return performed(operation, input, outcome -> {});
    }

    /// The same; `answered` hears of the answer whatever it is.
    Outcome performed(OperationSchema operation, Struct input, Consumer<Outcome> answered) {
        Outcome outcome = call(operation, input);
        court.settle();
        answered.accept(outcome);
        if (!outcome.succeeded()) {
            throw new Unready(operation.name() + " " + input + " was answered " + outcome);
        }
        done.add(operation);
        learn(operation, input, outcome);
        return outcome;
    }

    boolean hasDone(OperationSchema operation) {
        return done.contains(operation);
    }

    /// Remembers what a call was told and answered.
    void learn(OperationSchema operation, Struct input, Outcome outcome) {
        learn(operation, Outcome.of(Inputs.tree(input)).leaves());
        learn(operation, outcome.leaves());
    }

    private void learn(OperationSchema operation, Map<String, String> leaves) {
        var seen = new LinkedHashMap<String, String>();
        leaves.forEach((path, value) -> {
            String plain = path.replaceAll("\\[\\d+]", "");
            String member = plain.substring(plain.lastIndexOf('.') + 1);
            seen.putIfAbsent(operation.name() + "." + plain, value);
            seen.putIfAbsent(operation.name() + "." + member, value);
        });
        known.putAll(seen);
    }

    Outcome call(OperationSchema operation, Struct input) {
        if (!Words.readsOnly(operation)) {
            court.settle();
        }
        return court.call(operation, input, Caller.root(caller(operation)), region(operation));
    }

    /// The same call by somebody else.
    Outcome call(OperationSchema operation, Struct input, Caller by) {
        return court.call(operation, input, by, region(operation));
    }

    /// A call by somebody else in the region in which `where` is called.
    Outcome call(OperationSchema operation, Struct input, OperationSchema where, Caller by) {
        return court.call(operation, input, by, region(where));
    }

    /// The account that calls `operation`.
    String caller(OperationSchema operation) {
        return court.subject()
                .hints()
                .caller(operation.name())
                .map(by -> filled(operation, by))
                .orElse(account);
    }

    private String region(OperationSchema operation) {
        return court.subject().hints().region(operation.name()).orElse(region);
    }

    /// What an observer sees now, if it can be asked without making anything.
    Optional<Outcome> look(OperationSchema observer) {
        making = false;
        try {
            Struct input = input(observer);
            tried.put(observer, input);
            return Optional.of(call(observer, input));
        } catch (Unready | Samples.Impossible _) {
            return Optional.empty();
        } finally {
            making = true;
        }
    }

    /// The input with which an observer last looked.
    Optional<Struct> tried(OperationSchema observer) {
        return Optional.ofNullable(tried.get(observer));
    }

    /// An input for `operation`, after everything that it needs has been made.
    Struct input(OperationSchema operation) {
        return input(Act.usual(operation));
    }

    Struct input(Act act) {
        OperationSchema operation = act.operation();
        if (underWay.contains(act.name())) {
            throw new Unready(act + " needs itself");
        }
        underWay.push(act.name());
        try {
            Hints hints = court.subject().hints();
            hints.before(act.name()).forEach(this::ensure);
            Optional<Session> session = hints.session(act.name());
            if (session.isPresent() && !making) {
                throw new Unready(session.get().title() + " has not been told");
            }
            if (session.isPresent()) {
                return session.get().before(operation, this);
            }
            if (steps.add(act.name())) {
                hints.steps(act.name()).forEach(this::take);
            }
            List<String> given = Stream.of(hints.input("every"), hints.below(act.name()), hints.input(act.name()))
                    .flatMap(Optional::stream)
                    .toList();
            Set<String> names = given.stream()
                    .flatMap(json -> JsonInput.names(json).stream())
                    .collect(Collectors.toSet());
            Struct input = new Inputs(this, operation).fill(new Samples().smallest(operation.input()), names);
            for (String json : given) {
                input = edited(operation, input, json);
            }
            return input;
        } finally {
            underWay.pop();
        }
    }

    /// `input` with the members that `json` has. `{new}`, `{account}`, `{Member}` and `{Operation.Member}` in
    /// it are filled in, and `{n}` is a new number, `{token}` a new token, `{other}` an account of this one's
    /// friend.
    Struct edited(OperationSchema operation, Struct input, String json) {
        String filled = filled(operation, json);
        try {
            Struct more = JsonInput.read(operation.input(), filled);
            Struct changed = operation.input().create();
            changed.copyFrom(input);
            for (Member member : more.shape().members()) {
                if (more.get(member) != null || filled.contains("\"" + member + "\": null")) {
                    changed.set(member, more.get(member));
                }
            }
            return changed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String filled(OperationSchema operation, String text) {
        return PLACE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(quoted(place(operation, found.group(1)))));
    }

    static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private String place(OperationSchema operation, String name) {
        return switch (name) {
            case String length when length.matches("\\d+") -> "x".repeat(Integer.parseInt(length));
            case "new" -> fresh();
            case "n" -> Integer.toString(++names);
            case "token" -> "00000000-0000-4000-8000-%012d".formatted(++names);
            case "account" -> account;
            case "other" -> "6" + account.substring(1);
            case "region" -> region;
            default -> {
                int dot = name.indexOf('.');
                yield dot < 0
                        ? value(name, operation).orElseThrow(() -> new Unready("nobody makes " + name))
                        : from(name.substring(0, dot), name);
            }
        };
    }

    /// A name that nothing here has yet.
    String fresh() {
        return "law" + ++names + account.substring(6);
    }

    /// The value of a member of this name, which another operation makes; nothing where none does.
    Optional<String> value(String member, OperationSchema user) {
        Optional<String> source =
                court.subject().hints().source(member).filter(path -> !path.startsWith(user.name() + "."));
        if (source.isPresent()) {
            return Optional.of(from(source.get().substring(0, source.get().indexOf('.')), source.get()));
        }
        Optional<Maker> maker = court.subject()
                .graph()
                .maker(member, user)
                .filter(m -> !underWay.contains(m.operation().name()));
        return maker.map(m -> from(m.operation().name(), m.operation().name() + "." + m.member()));
    }

    private String from(String operation, String path) {
        ensure(operation);
        String value = known.get(path);
        if (value == null) {
            throw new Unready("there is no " + path);
        }
        return value;
    }

    private void take(Hints.Step step) {
        if (!making) {
            throw new Unready(step + " has not been taken");
        }
        if (step.operation().equals("Clock")) {
            court.advance(step.json());
            return;
        }
        int colon = step.operation().indexOf(':');
        if (colon > 0) {
            takeElsewhere(step.operation().substring(0, colon), step.operation().substring(colon + 1), step.json());
            return;
        }
        OperationSchema operation = operation(step.operation());
        performed(operation, edited(operation, input(operation), step.json()));
    }

    /// A call of another service.
    private void takeElsewhere(String service, String name, String json) {
        OperationSchema operation = court.operation(service, name);
        performed(operation, edited(operation, new Samples().smallest(operation.input()), json));
    }

    private OperationSchema operation(String name) {
        return court.subject().operation(name).orElseThrow(() -> new Unready(name + " is not answered"));
    }

    private void ensure(String name) {
        OperationSchema operation = operation(name);
        if (done.contains(operation)) {
            return;
        }
        if (!making) {
            throw new Unready(name + " has not been called");
        }
        perform(operation);
    }
}
