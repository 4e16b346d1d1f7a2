package dev.cloudjar.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Values;
import dev.cloudjar.kernel.policy.Naive.Question;
import dev.cloudjar.kernel.policy.Policies.Controls;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Two evaluators that share no code agree on random policies and random questions.
class TwoEvaluatorsTest {
    private static final int ROUNDS = 20_000;
    private static final String ANN = "arn:aws:iam::" + Given.HOME + ":user/ann";
    private static final List<String> ACTIONS = List.of("s3:GetObject", "s3:PutObject", "sqs:SendMessage");
    private static final List<String> RESOURCES =
            List.of("arn:aws:s3:::b/ann/x", "arn:aws:s3:::b/bob/x", "arn:aws:sqs:us-east-1:" + Given.HOME + ":q");
    private static final List<String> ACTION_PATTERNS =
            List.of("*", "s3:*", "S3:get*", "s3:?etObject", "sqs:SendMessage", "s3:PutObject", "*:*Object");
    private static final List<String> RESOURCE_PATTERNS = List.of(
            "*",
            "arn:aws:s3:::b/*",
            "arn:aws:s3:::b/${aws:username}/*",
            "arn:aws:s3:::*",
            "arn:aws:sqs:*:*:q",
            "arn:aws:s3:::b/b?b/x");
    private static final List<String> OPERATORS =
            List.of("StringEquals", "StringNotEquals", "StringEqualsIfExists", "StringLike", "Null");
    private static final List<String> KEYS = List.of("t:one", "t:two");

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void decideAlike() {
        var outcomes = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            outcomes.merge(compare(), 1, Integer::sum);
        }
        assertThat(outcomes.keySet()).containsExactly("allowed", "explicitDeny", "implicitDeny");
        assertThat(outcomes.values()).allSatisfy(count -> assertThat(count).isGreaterThan(ROUNDS / 20));
    }

    private String compare() {
        List<Object> identity = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            identity.add(policy(false));
        }
        Object boundary = random.nextInt(3) == 0 ? policy(false) : null;
        Object resource = random.nextInt(3) == 0 ? policy(true) : null;
        Object endpoint = random.nextInt(5) == 0 ? policy(true) : null;
        var context = new HashMap<String, String>();
        KEYS.forEach(key -> {
            if (random.nextBoolean()) {
                context.put(key, pick(List.of("a", "ab", "b")));
            }
        });
        var question = new Question(ANN, Given.HOME, pick(ACTIONS), pick(RESOURCES), context);

        String expected = new Naive(question).decide(identity, boundary, resource, endpoint);
        String decided = real(question, new Held(identity, boundary, resource, endpoint));

        assertThat(decided)
                .as("%s of %s, boundary %s, resource %s, endpoint %s", question, identity, boundary, resource, endpoint)
                .isEqualTo(expected);
        return decided;
    }

    /// The policies of one round.
    private record Held(
            List<Object> identity,
            @Nullable Object boundary,
            @Nullable Object resource,
            @Nullable Object endpoint) {}

    private static String real(Question question, Held held) {
        Values values = key -> key.equals("aws:username")
                ? List.of("ann")
                : Optional.ofNullable(question.context().get(key.toLowerCase(Locale.ROOT)))
                        .map(List::of)
                        .orElse(List.of());
        var who = new Principal(question.arn(), question.account(), "AIDA");
        var asked = new Asked(who, question.action(), question.resource(), question.account(), values);
        var policies = new Policies(
                held.identity().stream()
                        .map(policy -> attached(policy, Grammar.IDENTITY))
                        .toList(),
                Optional.ofNullable(held.boundary()).map(policy -> attached(policy, Grammar.IDENTITY)),
                List.of(),
                Optional.ofNullable(held.endpoint())
                        .map(policy -> Controls.NONE.through(attached(policy, Grammar.RESOURCE)))
                        .orElse(Controls.NONE),
                Optional.ofNullable(held.resource()).map(policy -> OfResource.of(attached(policy, Grammar.RESOURCE))));
        return Evaluation.of(asked, policies).outcome().wire();
    }

    private static Attached attached(Object policy, Grammar grammar) {
        return new Attached("p", Document.parse(Json.write(policy), grammar));
    }

    private Map<String, Object> policy(boolean ofResource) {
        var statements = new ArrayList<Object>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            statements.add(statement(ofResource));
        }
        var policy = new LinkedHashMap<String, Object>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", random.nextBoolean() || statements.size() > 1 ? statements : statements.getFirst());
        return policy;
    }

    private Map<String, Object> statement(boolean ofResource) {
        var statement = new LinkedHashMap<String, Object>();
        statement.put("Effect", random.nextInt(4) == 0 ? "Deny" : "Allow");
        statement.put(random.nextInt(5) == 0 ? "NotAction" : "Action", some(ACTION_PATTERNS));
        statement.put(random.nextInt(5) == 0 ? "NotResource" : "Resource", some(RESOURCE_PATTERNS));
        if (random.nextInt(3) == 0) {
            String operator = pick(OPERATORS);
            List<String> values = operator.equals("Null") ? List.of("true", "false") : List.of("a", "b", "a*", "?");
            statement.put("Condition", Map.of(operator, Map.of(pick(KEYS), some(values))));
        }
        if (ofResource) {
            statement.put(
                    "Principal",
                    random.nextInt(4) == 0
                            ? "*"
                            : Map.of(
                                    "AWS",
                                    some(List.of(
                                            ANN,
                                            "arn:aws:iam::" + Given.HOME + ":root",
                                            "arn:aws:iam::" + Given.HOME + ":user/bob"))));
        }
        return statement;
    }

    private Object some(List<String> from) {
        return random.nextBoolean() ? pick(from) : List.of(pick(from), pick(from));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
