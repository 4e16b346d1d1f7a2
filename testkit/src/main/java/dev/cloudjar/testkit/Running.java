package dev.cloudjar.testkit;

import java.io.IOException;
import java.util.List;

/// A cloud that runs: in this JVM or in another process.
interface Running extends AutoCloseable {
    /// The first version of Java that can run a cloud.
    int JAVA = 25;

    /// Where a cloud runs.
    enum Mode {
        HERE,
        CHILD;

        /// Here where this JVM can, unless the property `cloudjar.child` asks for a process.
        static Mode automatic() {
            boolean able = Runtime.version().feature() >= JAVA;
            return able && !Boolean.getBoolean("cloudjar.child") ? HERE : CHILD;
        }
    }

    static Running start(Mode mode, List<String> options) {
        return mode == Mode.HERE ? new Embedded(options) : new Hosted(options, Child.ofThisJvm());
    }

    /// The port on the loopback interface, opened now if it is not open yet.
    int port();

    /// Whether it is in this JVM, so that clients need no port.
    boolean isHere();

    /// How clients address it: without a port, as long as they need none.
    String address();

    /// Has it answer a request.
    Reply send(Ask ask) throws IOException;

    /// Runs `work` on a thread that may wait for as long as it likes.
    void fork(Runnable work);

    @Override
    void close();
}
