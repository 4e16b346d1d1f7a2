package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Session;
import dev.cloudjar.kernel.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Principals, policies and tables that the tests of the policy language share.
final class Given {
    static final String HOME = "111122223333";
    static final String ELSEWHERE = "444455556666";

    private Given() {}

    static Principal principal(String kind) {
        return switch (kind) {
            case "user" -> new Principal("arn:aws:iam::" + HOME + ":user/ann", HOME, "AIDAANNANNANNANNANN");
            case "session" ->
                new Principal(
                        "arn:aws:sts::" + HOME + ":assumed-role/work/monday",
                        HOME,
                        "AROAWORKWORKWORKWORK:monday",
                        session("arn:aws:iam::" + HOME + ":role/work"));
            case "federated" ->
                new Principal(
                        "arn:aws:sts::" + HOME + ":federated-user/guest",
                        HOME,
                        HOME + ":guest",
                        session("arn:aws:iam::" + HOME + ":user/ann"));
            case "root" -> Principal.root(HOME);
            case "service" -> Principal.service("sns.amazonaws.com");
            case "anonymous" -> Principal.anonymous();
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Session session(String issuer) {
        return new Session(issuer, Instant.EPOCH, List.of(), Map.of(), List.of(), Map.of(), Optional.empty());
    }

    static Asked asked(Principal who, String owner) {
        return new Asked(who, "sqs:SendMessage", "arn:aws:sqs:us-east-1:" + owner + ":q", owner, Values.NONE);
    }

    /// A statement of that effect about everything, naming `principal` where there is one.
    static Attached policy(String effect, String principal, Grammar grammar) {
        String named = principal.isEmpty() ? "" : ",\"Principal\":" + principal;
        String text = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"" + effect
                + "\",\"Action\":\"sqs:*\",\"Resource\":\"*\"" + named + "}}";
        return new Attached("p", Document.parse(text, grammar));
    }

    /// The lines of a table beside the tests, without comments, cut at the bars.
    static Stream<String[]> table(String name) throws IOException {
        try (InputStream in = Given.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(line -> line.strip().split("\\s*\\|\\s*"));
        }
    }
}
