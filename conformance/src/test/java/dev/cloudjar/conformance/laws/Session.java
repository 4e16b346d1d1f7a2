package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.JsonInput;
import dev.cloudjar.conformance.client.Signature;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Calls that somebody made one after another in an account, and what came of each: `Operation {json}`, before
/// the input `in eu-west-1` or `by {other}` where that is not the usual; `by {3}` is who has the credentials
/// that the third call answered. In an input `{account}` is the account, `{other}` and `{third}` are two more,
/// `{unique photos}` is a name of this account's, `{x*9}` is nine of the letter, `{now+PT24H}` is tomorrow, and
/// `{2.QueueUrl}` is what the second call answered there, `{head 60 2.Blob}` the first sixty bytes of that and
/// `{wrapped x*32 2.PublicKey}` thirty-two letters encrypted under it, and `{code 1 2.Seed}` the code that a
/// device of this seed shows one step from now. `Clock 5m` lets time pass.
record Session(String title, List<Step> steps, List<String> told) {
    /// One call.
    record Step(String service, String operation, String region, String by, String json) {
        private static final Pattern FORM =
                Pattern.compile("(?:([a-z0-9]+):)?(\\w+)(?: in (\\S+))?(?: by (\\S+))? (.*)", Pattern.DOTALL);

        static Step of(String line) {
            Matcher found = FORM.matcher(line);
            if (!found.matches()) {
                throw new IllegalArgumentException("no step of a session: " + line);
            }
            return new Step(
                    Optional.ofNullable(found.group(1)).orElse(""),
                    found.group(2),
                    Optional.ofNullable(found.group(3)).orElse(Court.REGION),
                    Optional.ofNullable(found.group(4)).orElse("{account}"),
                    found.group(5));
        }

        boolean isClock() {
            return operation.equals("Clock");
        }

        @Override
        public String toString() {
            return (service.isEmpty() ? "" : service + ":")
                    + operation
                    + (region.equals(Court.REGION) ? "" : " in " + region)
                    + (by.equals("{account}") ? "" : " by " + by)
                    + " "
                    + json;
        }
    }

    private static final Pattern CREDENTIALS = Pattern.compile("\\{(\\d+)}");
    private static final String UNIQUE = "unique ";
    private static final String TIMES = "x*";
    private static final Pattern PLACE = Pattern.compile(
            "\\{(?:(head \\d+|wrapped \\w\\*\\d+|code \\d+) )?(\\d+)\\.([^{}\"]+)}|\\{(account|other|third|x\\*\\d+|unique [a-z0-9.-]+|now(?:[+-]PT[0-9HMS.]+)?)}");

    /// The operations of `subject` that succeed in it, without repetition.
    List<OperationSchema> successes(Subject subject) {
        var found = new ArrayList<OperationSchema>();
        for (int i = 0; i < Math.min(steps.size(), told.size()); i++) {
            if (steps.get(i).service().isEmpty() && told.get(i).startsWith("2")) {
                subject.operation(steps.get(i).operation())
                        .filter(operation -> !found.contains(operation))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    /// The operations of `subject` that are called in it.
    Stream<OperationSchema> operations(Subject subject) {
        return steps.stream()
                .filter(step -> step.service().isEmpty())
                .flatMap(step -> subject.operation(step.operation()).stream());
    }

    /// Makes all calls in a world in which only neighbours have made them before, and says what came of them.
    List<String> tell(Court court) {
        Scene scene = court.alone();
        var neighbours = new Run(court.scene());
        steps.forEach(neighbours::told);
        court.rest();
        var run = new Run(scene);
        var lines = new ArrayList<String>();
        for (Step step : steps) {
            lines.add(run.told(step));
        }
        return lines;
    }

    /// Makes the calls that come before the last of `operation`, and gives that one's input.
    Struct before(OperationSchema operation, Scene scene) {
        var run = new Run(scene);
        int last = -1;
        for (int i = 0; i < steps.size(); i++) {
            boolean of = steps.get(i).operation().equals(operation.name());
            last = of && told.get(i).startsWith("2") ? i : last;
        }
        if (last < 0) {
            throw new Scene.Unready(operation.name() + " does not succeed in " + title);
        }
        for (Step step : steps.subList(0, last)) {
            run.told(step);
        }
        return run.input(operation, steps.get(last));
    }

    /// The calls as they are made.
    private static final class Run {
        private final Scene scene;
        private final Court court;
        private final Pen pen;
        private final List<Outcome> outcomes = new ArrayList<>();

        Run(Scene scene) {
            this.scene = scene;
            this.court = scene.court();
            this.pen = new Pen(court);
        }

        String told(Step step) {
            if (step.isClock()) {
                court.advance(step.json());
                outcomes.add(Outcome.of(Map.of()));
                return "";
            }
            OperationSchema operation = court.operation(step.service(), step.operation());
            Struct input = input(operation, step);
            court.settle();
            Caller caller = caller(step.by());
            Optional<Kept> before = Words.readsOnly(operation) ? Optional.empty() : Kept.of(court, caller.account());
            Outcome outcome = court.call(operation, input, caller, step.region());
            court.settle();
            outcomes.add(outcome);
            String kept = before.map(was -> Kept.of(court, caller.account())
                            .orElseThrow()
                            .since(was)
                            .replace("; ", ", "))
                    .map(changes -> changes.isEmpty() ? "" : "; keeps=" + changes)
                    .orElse("");
            return pen.told(scene, outcome) + kept;
        }

        private Caller caller(String by) {
            Matcher credentials = CREDENTIALS.matcher(by);
            if (!credentials.matches()) {
                return Caller.root(filled(by, false));
            }
            Map<String, String> leaves =
                    outcomes.get(Integer.parseInt(credentials.group(1)) - 1).leaves();
            var key = new Signature.Key(
                    ending(leaves, "AccessKeyId"), ending(leaves, "SecretAccessKey"), ending(leaves, "SessionToken"));
            return new Caller(scene.account(), by, Optional.of(key));
        }

        private static String ending(Map<String, String> leaves, String member) {
            return leaves.entrySet().stream()
                    .filter(leaf -> leaf.getKey().endsWith(member))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
        }

        Struct input(OperationSchema operation, Step step) {
            try {
                return JsonInput.read(operation.input(), filled(step.json(), true));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Instant now() {
            return court.world().map(world -> world.time().now()).orElseGet(court::now);
        }

        private String filled(String text, boolean quoted) {
            return PLACE.matcher(text).replaceAll(found -> {
                String value = place(found.group(2), found.group(3), found.group(4));
                value = found.group(1) == null ? value : Blobs.made(found.group(1), value, now());
                return Matcher.quoteReplacement(quoted ? Scene.quoted(value) : value);
            });
        }

        private String place(@Nullable String call, String path, String name) {
            if (call != null) {
                return outcomes.get(Integer.parseInt(call) - 1).leaves().getOrDefault(path, "nothing");
            }
            return switch (name) {
                case "other" -> "6" + scene.account().substring(1);
                case "third" -> "7" + scene.account().substring(1);
                case "account" -> scene.account();
                case String unique
                when unique.startsWith(UNIQUE) ->
                    unique.substring(UNIQUE.length()) + scene.account().substring(6);
                case String many
                when many.startsWith(TIMES) -> "x".repeat(Integer.parseInt(many.substring(TIMES.length())));
                default -> Moments.at(name.substring("now".length()), now());
            };
        }
    }

    /// The session as text, as it is committed.
    String text(List<String> lines) {
        var text = new StringBuilder("# ").append(title).append('\n');
        for (int i = 0; i < steps.size(); i++) {
            text.append(steps.get(i)).append('\n');
            if (!lines.get(i).isEmpty()) {
                text.append("  ").append(lines.get(i)).append('\n');
            }
        }
        return text.toString();
    }
}
