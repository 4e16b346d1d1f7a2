package dev.cloudjar.conformance.golden;

import dev.cloudjar.conformance.Committed;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import dev.cloudjar.conformance.client.Answer;
import dev.cloudjar.conformance.client.JsonInput;
import dev.cloudjar.conformance.client.Requests;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each operation of SQS and each shape of error, in both of its protocols, byte by byte but for what differs
/// every time.
@OnCloud(alone = true)
class GoldenTest {
    private static final Pattern HANDLE = Pattern.compile("(Receipt|Task)Handle(?:\":\"|>)([^\"<]+)");

    private final ServiceSchema sqs = Schemas.open("sqs");
    private final TestCloud cloud;
    private final Map<String, String> names = new HashMap<>();

    GoldenTest(TestCloud cloud) {
        this.cloud = cloud;
    }

    /// The two protocols use two accounts of twelve digits that look the same once they are written down.
    @ParameterizedTest
    @EnumSource(names = {"AWS_JSON_1_0", "AWS_QUERY"})
    void everyExchangeIsAsBefore(Protocol protocol) throws IOException {
        cloud.world().reset();
        String url = cloud.endpoint() + "/444444444444/";
        names.putAll(Map.of("queue", url + "golden", "dead", url + "dead", "fifo", url + "golden.fifo"));
        for (String line : script().lines().filter(l -> !l.startsWith("#")).toList()) {
            String[] columns = line.split(" \\| ", 3);
            exchange(columns[0], sqs.operation(columns[1]).orElseThrow(), columns[2], protocol);
        }
    }

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(GoldenTest.class.getResourceAsStream("sqs.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void exchange(String name, OperationSchema operation, String input, Protocol protocol) throws IOException {
        String filled = input;
        for (Map.Entry<String, String> known : names.entrySet()) {
            filled = filled.replace("{" + known.getKey() + "}", known.getValue());
        }
        Sent request = Requests.of(operation, protocol, JsonInput.read(operation.input(), filled));
        Answer answer = cloud.exchange(request.by("444444444444", TestCloud.REGION, "sqs"));
        Matcher handle = HANDLE.matcher(answer.text());
        if (handle.find()) {
            names.put(handle.group(1).equals("Task") ? "task" : "receipt", handle.group(2));
        }
        String form = protocol == Protocol.AWS_QUERY ? "query" : "json";
        Committed.check("src/test/golden/sqs/" + name + "." + form + ".http", written(request, answer));
    }

    private String written(Sent request, Answer answer) {
        return steady(new Exchange(request, answer).written(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }

    /// Ids, handles, times and the port are other ones in every run.
    private String steady(String text) {
        String handles = HANDLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group()
                        .replace(found.group(2), found.group(2).equals("nonsense") ? "nonsense" : "{handle}")));
        for (String known : new String[] {"receipt", "task"}) {
            handles = handles.replace(names.getOrDefault(known, "\0"), "{handle}");
        }
        return handles.replaceAll("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}", "{id}")
                .replaceAll("(Timestamp(?:\":\"?|</Name><Value>|>))\\d{10,13}", "$1{time}")
                .replaceAll("\\b\\d{20}\\b", "{sequence}")
                .replace("localhost:" + cloud.server().port(), "localhost:4566")
                .replace("localhost%3A" + cloud.server().port(), "localhost%3A4566");
    }
}
