package dev.cloudjar.conformance.laws;

import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.conformance.client.Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who makes a call: the root user of an account, whose signature nobody checks, or a user with a key of their
/// own.
record Caller(String account, String name, Optional<Signature.Key> key) {
    private static final Pattern KEY = Pattern.compile(
            "<AccessKeyId>(.*?)</AccessKeyId>.*<SecretAccessKey>(.*?)</SecretAccessKey>", Pattern.DOTALL);
    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    static Caller root(String account) {
        return new Caller(account, "", Optional.empty());
    }

    /// A new user of `account`, to whom no policy is attached.
    static Caller stranger(Court court, String account) {
        String name = "stranger-" + court.sequence();
        iam(court, account, "CreateUser&UserName=" + name);
        Matcher made = KEY.matcher(iam(court, account, "CreateAccessKey&UserName=" + name));
        if (!made.find()) {
            throw new AssertionError("no access key was made");
        }
        return new Caller(account, name, Optional.of(new Signature.Key(made.group(1), made.group(2))));
    }

    /// Lets the user do everything.
    void trust(Court court) {
        iam(
                court,
                account,
                "PutUserPolicy&PolicyName=all&UserName=" + name + "&PolicyDocument="
                        + URLEncoder.encode(EVERYTHING, StandardCharsets.UTF_8));
    }

    private static String iam(Court court, String account, String action) {
        Answer answer = court.exchange(
                Sent.post("/", "application/x-www-form-urlencoded", "Version=2010-05-08&Action=" + action)
                        .by(account, Court.REGION, "iam"));
        if (answer.status() != 200) {
            throw new AssertionError(action + " was answered " + answer.text());
        }
        return answer.text();
    }

    Sent sign(Sent request, Court court, String region, String service) {
        return key.map(own -> own.sign(request, new Signature(court.port(), court.now(), region, service)))
                .orElseGet(() -> request.by(account, region, service));
    }
}
