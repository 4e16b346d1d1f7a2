package dev.cloudjar.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.policy.Policies.Controls;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Decisions are those of AWS's documentation: `decisions.txt` is the table.
class DecisionsTest {
    @TestFactory
    Stream<DynamicTest> aDecisionIsAsDocumented() throws IOException {
        return Given.table("decisions.txt").map(row -> dynamicTest(String.join(" | ", row), () -> check(row)));
    }

    private static void check(String[] row) {
        Principal who = Given.principal(row[0]);
        Asked asked = Given.asked(who, row[1].equals("home") ? Given.HOME : Given.ELSEWHERE);
        boolean needed = row[6].contains("needed");
        Optional<OfResource> resource = row[5].equals("-") && !needed
                ? Optional.empty()
                : Optional.of(new OfResource(resource(row[5]), needed, Layer.RESOURCE));
        var policies = new Policies(
                identity(row[2]), identity(row[3]).stream().findFirst(), identity(row[4]), controls(row[6]), resource);

        Decision decision = Evaluation.of(asked, policies);

        assertThat(said(decision)).isEqualTo(row[7]);
    }

    private static String said(Decision decision) {
        String layer = decision.layer().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return switch (decision.outcome()) {
            case ALLOWED -> "allowed";
            case IMPLICIT_DENY -> "implicit " + layer;
            case EXPLICIT_DENY -> "explicit " + layer;
        };
    }

    private static List<Attached> identity(String words) {
        return switch (words) {
            case "-" -> List.of();
            case "allow" -> List.of(Given.policy("Allow", "", Grammar.IDENTITY));
            case "deny" -> List.of(Given.policy("Deny", "", Grammar.IDENTITY));
            case "allow+deny" ->
                List.of(Given.policy("Allow", "", Grammar.IDENTITY), Given.policy("Deny", "", Grammar.IDENTITY));
            case "none" -> List.of(silent());
            default -> throw new IllegalArgumentException(words);
        };
    }

    /// A policy that says nothing of the action.
    private static Attached silent() {
        return new Attached(
                "p",
                Document.parse(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\","
                                + "\"Resource\":\"*\"}]}",
                        Grammar.IDENTITY));
    }

    private static Controls controls(String words) {
        var service = new ArrayList<List<Attached>>();
        var resource = new ArrayList<List<Attached>>();
        Optional<Attached> endpoint = Optional.empty();
        for (String word : words.split(" ")) {
            if (word.startsWith("vpce=")) {
                endpoint = Optional.of(resource(word.substring("vpce=".length())));
                continue;
            }
            switch (word) {
                case "scp+" -> service.add(identity("allow"));
                case "scp-" -> service.add(identity("none"));
                case "scpdeny" -> service.add(identity("allow+deny"));
                case "rcp+" -> resource.add(identity("allow"));
                case "rcp-" -> resource.add(identity("none"));
                case "rcpdeny" -> resource.add(identity("allow+deny"));
                default -> assertThat(word).isIn("-", "needed");
            }
        }
        return new Controls(service, resource, endpoint);
    }

    private static Attached resource(String words) {
        if (words.equals("-")) {
            return Given.policy("Allow", "{\"Service\":\"nobody.amazonaws.com\"}", Grammar.RESOURCE);
        }
        if (words.startsWith("!")) {
            String names = Arrays.stream(words.substring(1).split("\\+"))
                    .map(DecisionsTest::name)
                    .collect(Collectors.joining(","));
            String text = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"sqs:*\","
                    + "\"Resource\":\"*\",\"NotPrincipal\":{\"AWS\":[" + names + "]}}}";
            return new Attached("p", Document.parse(text, Grammar.RESOURCE));
        }
        boolean denies = words.startsWith("-");
        String whom = denies ? words.substring(1) : words;
        String principal = whom.equals("everybody")
                ? "\"*\""
                : whom.equals("service") ? "{\"Service\":\"sns.amazonaws.com\"}" : "{\"AWS\":" + name(whom) + "}";
        return Given.policy(denies ? "Deny" : "Allow", principal, Grammar.RESOURCE);
    }

    private static String name(String whom) {
        String name = switch (whom) {
            case "user" -> Given.principal("user").arn();
            case "id" -> Given.principal("user").userId();
            case "session" -> Given.principal("session").arn();
            case "role" -> Given.principal("session").session().issuer();
            case "roleid" -> Given.principal("session").issuerId();
            case "account" -> Principal.root(Given.HOME).arn();
            case "digits" -> Given.HOME;
            case "other" -> "arn:aws:iam::" + Given.HOME + ":user/bob";
            case "otheraccount" -> "777788889999";
            default -> throw new IllegalArgumentException(whom);
        };
        return '"' + name + '"';
    }
}
