package dev.cloudjar.conformance.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;

/// The aws command's own code in a process that is told one command after another: it starts once, not a hundred
/// times.
final class AwsCommands implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private AwsCommands(Process process) {
        this.process = process;
        this.in = process.outputWriter();
        this.out = process.inputReader();
    }

    static AwsCommands start(Tool python) throws IOException, InterruptedException {
        python.require("the aws command as a module", "python3", "-c", "import awscli");
        python.copy("aws.py");
        return new AwsCommands(python.start("python3", "aws.py"));
    }

    /// Runs what follows the word `aws`.
    Tool.Outcome run(List<String> words) throws IOException {
        in.write(MAPPER.writeValueAsString(words));
        in.newLine();
        in.flush();
        String line = out.readLine();
        if (line == null) {
            throw new IOException("The aws command ended at " + words);
        }
        JsonNode outcome = MAPPER.readTree(line);
        return new Tool.Outcome(
                outcome.path("status").asInt(),
                outcome.path("out").asText(),
                outcome.path("err").asText());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
