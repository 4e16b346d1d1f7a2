package dev.cloudjar.conformance.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The sessions of a service, as `src/test/sessions/<service>.txt` has them.
final class Sessions {
    /// So many tellings agree by chance on the order of two ids in one of a thousand times.
    private static final int TELLINGS = 12;

    private Sessions() {}

    private static Path file(String service) {
        return Path.of("src/test/sessions/" + service + ".txt");
    }

    static boolean areCommitted(String service) {
        return Files.exists(file(service));
    }

    static List<Session> of(String service) {
        if (!areCommitted(service)) {
            return List.of();
        }
        try {
            return read(Files.readAllLines(file(service)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Session> read(List<String> lines) {
        var sessions = new ArrayList<Session>();
        for (String line : lines) {
            if (line.startsWith("# ")) {
                sessions.add(new Session(line.substring(2), new ArrayList<>(), new ArrayList<>()));
            } else if (line.startsWith("  ")) {
                List<String> told = sessions.getLast().told();
                told.set(told.size() - 1, line.substring(2));
            } else {
                sessions.getLast().steps().add(Session.Step.of(line));
                sessions.getLast().told().add("");
            }
        }
        return sessions;
    }

    /// Writes down what comes of each call now, where several tellings agree on it.
    static void write(Court court) throws IOException {
        var text = new StringBuilder();
        for (Session session : of(court.subject().schema().id())) {
            List<String> likeness = Likeness.merged(session.tell(court), session.tell(court));
            for (int i = 2; i < TELLINGS; i++) {
                likeness = Likeness.like(likeness, session.tell(court), true);
            }
            text.append(session.text(Likeness.numbered(likeness)));
        }
        Files.writeString(file(court.subject().schema().id()), text);
    }
}
