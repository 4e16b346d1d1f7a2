package dev.cloudjar.kernel;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a service takes of its input, member by member, and how it refuses all else in its own words. For
/// services whose refusals are not those of AWS's common framework: [Service#rules] has them checked before the
/// operation is called.
///
/// What the model requires is required, and empty is as good as absent, unless the member is declared
/// otherwise.
public final class Rules {
    /// How a service refuses: what is missing, and what is wrong. A path leads from the request to the member.
    public interface Wording {
        AwsError missing(String path);

        AwsError invalid(Object value, String path, String reason);
    }

    /// A rule for one member. `required` overrules the model.
    private record Rule(
            Accepts accepts,
            Function<Object, AwsError> refusal,
            @Nullable Boolean required) {
        static final Rule NONE = new Rule(Accepts.ANYTHING, _ -> unreachable(), null);

        private static AwsError unreachable() {
            throw new IllegalStateException("anything is accepted");
        }

        Rule required(boolean so) {
            return new Rule(accepts, refusal, so);
        }
    }

    private final Wording wording;
    private final Map<String, Rule> declared;
    private final ConcurrentHashMap<StructShape, Rule[]> plans = new ConcurrentHashMap<>();

    private Rules(Wording wording, Map<String, Rule> declared) {
        this.wording = wording;
        this.declared = declared;
    }

    /// Rules of which there are none yet but what the model requires.
    public static Rules in(Wording wording) {
        return new Rules(wording, Map.of());
    }

    /// `member` takes only these values. It is the member of every structure, or of one:
    /// `CreateQueueRequest.QueueName`.
    public Rules accept(String member, Accepts values, String reason) {
        String name = member.substring(member.indexOf('.') + 1);
        return accept(member, values, value -> wording.invalid(value, name, reason));
    }

    /// The same with an error of its own, made of the value.
    public Rules accept(String member, Accepts values, Function<Object, AwsError> refusal) {
        return with(member, new Rule(values, refusal, rule(member).required()));
    }

    /// Each element of the list `member` must be one of `values`; the refusal is made of the first that is not.
    public Rules acceptEach(String member, Accepts values, Function<Object, AwsError> refusal) {
        return accept(
                member,
                list -> elements(list).allMatch(values::takes),
                list -> refusal.apply(elements(list)
                        .filter(element -> !values.takes(element))
                        .findFirst()
                        .orElseThrow()));
    }

    private static Stream<Object> elements(Object list) {
        return ((Collection<?>) list).stream().map(Function.identity());
    }

    /// `member` may be absent, whatever the model says: the operation has an error of its own for that.
    public Rules optional(String member) {
        return with(member, rule(member).required(false));
    }

    /// `member` must be there, although the model does not say so.
    public Rules required(String member) {
        return with(member, rule(member).required(true));
    }

    private Rule rule(String member) {
        return declared.getOrDefault(member, Rule.NONE);
    }

    private Rules with(String member, Rule rule) {
        var more = new LinkedHashMap<>(declared);
        more.put(member, rule);
        return new Rules(wording, more);
    }

    /// Refuses `in` where it lacks something, or else where a member has a value that it does not take.
    public void check(Struct in) {
        checkRequired(in, "");
        Rule[] plan = plan(in);
        for (int i = 0; i < plan.length; i++) {
            Object value = in.get(i);
            if (value != null && !plan[i].accepts().takes(value)) {
                throw plan[i].refusal().apply(value);
            }
        }
    }

    /// Refuses `in` where it lacks something; `prefix` leads to it from the request.
    public void checkRequired(Struct in, String prefix) {
        Rule[] plan = plan(in);
        for (Member member : in.shape().members()) {
            if (Boolean.TRUE.equals(plan[member.index()].required()) && isEmpty(in.get(member))) {
                throw wording.missing(prefix + member.name());
            }
        }
    }

    private Rule[] plan(Struct in) {
        return plans.computeIfAbsent(in.shape(), this::plan);
    }

    private Rule[] plan(StructShape shape) {
        return shape.members().stream()
                .map(member -> {
                    Rule rule = declared.getOrDefault(shape.name() + '.' + member.name(), rule(member.name()));
                    return rule.required() == null ? rule.required(member.is(Trait.REQUIRED)) : rule;
                })
                .toArray(Rule[]::new);
    }

    private static boolean isEmpty(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case String text -> text.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            default -> false;
        };
    }
}
