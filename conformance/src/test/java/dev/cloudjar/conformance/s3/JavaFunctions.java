package dev.cloudjar.conformance.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Invoker;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// A Lambda whose functions are written in Java: what an engine of Lambda will be to those who use its port.
final class JavaFunctions implements Service, Invoker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RUN = "run";

    /// What a function does with an event; it answers JSON.
    interface Handler {
        String handle(JsonNode event) throws IOException, InterruptedException;
    }

    private final Kernel kernel;
    private final Map<String, Handler> handlers;

    JavaFunctions(Kernel kernel, Map<String, Handler> handlers) {
        this.kernel = kernel;
        this.handlers = handlers;
    }

    @Override
    public List<Api> parts() {
        return List.of(new Sts() {});
    }

    @Override
    public Map<String, Consumer<String>> longTasks() {
        return Map.of(RUN, this::run);
    }

    @Override
    public void start(Arn function, String payload, Reply reply) {
        ObjectNode task = JSON.createObjectNode()
                .put("function", function.name())
                .put("payload", payload)
                .put("service", reply.service())
                .put("task", reply.name())
                .put("subject", reply.subject())
                .put("answer", reply.answer());
        kernel.agenda().at(kernel.time().now(), "lambda", RUN, task.toString());
    }

    private void run(String subject) {
        try {
            JsonNode task = JSON.readTree(subject);
            String outcome = outcome(
                    task.get("function").asText(),
                    JSON.readTree(task.get("payload").asText()),
                    task.get("answer").asBoolean());
            String reply = task.get("subject").asText() + '\n' + outcome;
            kernel.transact(() -> {
                kernel.agenda()
                        .at(
                                kernel.time().now(),
                                task.get("service").asText(),
                                task.get("task").asText(),
                                reply);
                return true;
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String outcome(String function, JsonNode event, boolean answer) throws IOException {
        try {
            String returned = Objects.requireNonNull(handlers.get(function)).handle(event);
            return answer ? '\n' + returned : "";
        } catch (IllegalStateException thrown) {
            return "Unhandled: " + thrown.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "Unhandled: interrupted";
        }
    }
}
