package dev.cloudjar.conformance.laws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The few lines about a service that its model does not have, from `laws/<service>.txt`, a line each:
///
/// `Operation {json}` has these members in its input; `Operation after Other` needs the other call first, and
/// `*` is every operation that has no such line, if only one that says `after nothing`; `every {json}` is in
/// the input of each operation; `Operation step Other {json}` makes a call with an input of its own,
/// `s3:CreateBucket` of another service; `Operation#variant` is another input of the same operation, and with a
/// `+` before its members stands upon the usual one and what comes before that; `Member from Operation.Path` is
/// where a value comes from; `Operation by {other}` is called by another account, `Operation in eu-west-1` in
/// another region; `not Operation {json} Code` is refused, though it differs from what succeeds only by these
/// members; `Operation as in Title` has the input of that session, after all that comes before it there;
/// `Operation step Clock 5m` lets time pass; `Operation excused from law: reason`; `mutants Class.method
/// reason` stands for what the laws cannot see.
final class Hints {
    /// An edit of an input that succeeds, and the code of the refusal.
    record Refused(String operation, String json, String code) {}

    /// A call that comes before another, with members of its input.
    record Step(String operation, String json) {}

    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, List<String>> before = new LinkedHashMap<>();
    private final Map<String, List<Step>> steps = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> callers = new LinkedHashMap<>();
    private final Map<String, String> regions = new LinkedHashMap<>();
    private final List<Session> recorded;
    private final Map<String, Session> sessions = new LinkedHashMap<>();
    private final Map<String, String> excuses = new LinkedHashMap<>();
    private final Map<String, String> mutants = new LinkedHashMap<>();
    private final List<Refused> refused = new ArrayList<>();
    private final Set<String> onTop = new TreeSet<>();

    private Hints(List<Session> recorded) {
        this.recorded = recorded;
    }

    static Hints of(String service) {
        var hints = new Hints(Sessions.of(service));
        try (InputStream in = Hints.class.getResourceAsStream(service + ".txt")) {
            if (in != null) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                text.lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(hints::line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hints;
    }

    private void line(String line) {
        String[] words = line.split(" ", 3);
        if (words[0].equals("mutants")) {
            mutants.put(words[1], words[2]);
        } else if (words[0].equals("not")) {
            int end = line.lastIndexOf(' ');
            refused.add(new Refused(words[1], line.substring(5 + words[1].length(), end), line.substring(end + 1)));
        } else if (words[0].equals("every")) {
            inputs.put(words[0], line.substring("every ".length()));
        } else if (words[1].equals("after")) {
            before.put(words[0], words[2].equals("nothing") ? List.of() : List.of(words[2].split(" ")));
        } else if (words[1].equals("step")) {
            int space = words[2].indexOf(' ');
            steps.computeIfAbsent(words[0], name -> new ArrayList<>())
                    .add(new Step(words[2].substring(0, space), words[2].substring(space + 1)));
        } else if (words[1].equals("by")) {
            callers.put(words[0], words[2]);
        } else if (words[1].equals("+")) {
            onTop.add(words[0]);
            inputs.put(words[0], words[2]);
        } else if (words[1].equals("as")) {
            sessions.put(words[0], session(words[0], words[2].substring("in ".length())));
        } else if (words[1].equals("in")) {
            regions.put(words[0], words[2]);
        } else if (words[1].equals("from")) {
            sources.put(words[0], words[2]);
        } else if (words[1].equals("excused")) {
            excuses.put(words[0] + words[2].substring(4, words[2].indexOf(':')), words[2]);
        } else {
            inputs.put(words[0], line.substring(words[0].length() + 1));
        }
    }

    private Session session(String operation, String title) {
        return recorded.stream()
                .filter(session -> session.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(operation + " is in no session " + title));
    }

    Optional<String> input(String operation) {
        return Optional.ofNullable(inputs.get(operation));
    }

    /// What a variant is made of before its own members: the usual input, or nothing.
    Optional<String> below(String variant) {
        return onTop.contains(variant) ? input(plain(variant)) : Optional.empty();
    }

    private static String plain(String variant) {
        return variant.replaceFirst("#.*", "");
    }

    List<String> before(String operation) {
        if (onTop.contains(operation) && !before.containsKey(operation)) {
            return before(plain(operation));
        }
        List<String> usual = before.getOrDefault("*", List.of());
        return before.getOrDefault(operation, usual.contains(operation) ? List.of() : usual);
    }

    /// Who calls `operation`, where it is not the account itself.
    Optional<String> caller(String operation) {
        return Optional.ofNullable(callers.get(operation));
    }

    /// Where `operation` is called, if not where all others are.
    Optional<String> region(String operation) {
        return Optional.ofNullable(regions.get(operation));
    }

    List<Step> steps(String operation) {
        if (onTop.contains(operation) && !steps.containsKey(operation)) {
            return steps(plain(operation));
        }
        return steps.getOrDefault(operation, List.of());
    }

    /// The names of variants of `operation`.
    List<String> variants(String operation) {
        var names = new TreeSet<String>();
        Stream.of(inputs, before, steps).forEach(lines -> names.addAll(lines.keySet()));
        names.removeIf(name -> !name.startsWith(operation + "#"));
        return List.copyOf(names);
    }

    /// `Operation.Path` of which `member` is a value.
    Optional<String> source(String member) {
        return Optional.ofNullable(sources.get(member));
    }

    /// The session in which `operation` succeeds, where it needs more than its model can tell.
    Optional<Session> session(String operation) {
        return Optional.ofNullable(sessions.get(operation));
    }

    List<Refused> refused() {
        return refused;
    }

    /// Methods of whose mutants the laws cannot know, and why.
    Map<String, String> mutants() {
        return mutants;
    }

    boolean isExcused(String operation, String law) {
        return excuses.containsKey(operation + " " + law);
    }
}
