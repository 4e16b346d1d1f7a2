package dev.cloudjar.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.conformance.crash.Program;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However many connections are opened and never used, those who ask are answered, and memory stays. The server
/// keeps 8,192 at once, and closes the oldest of those that say nothing.
class IdleConnectionsTest {
    private static final int MOST = 15_000;
    private static final int RESERVE = 2_000;
    private static final long BUDGET = 96L << 20;

    /// As many as this process may have files open.
    private static int possible() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long files = system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : 0;
        return Math.clamp(files - RESERVE, 0, MOST);
    }

    @Test
    void leaveRoomForWhoAsks(@TempDir Path data) throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        try (Program server = Program.start(data);
                Connection old = Connection.to(server.port())) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            assertThat(status(old)).isEqualTo(200);
            long before = server.memory();
            int count = possible();
            for (int i = 0; i < count; i++) {
                idle.add(SocketChannel.open(address));
                if (i % 1_000 == 0) {
                    assertThat(status(old)).as("who was there before").isEqualTo(200);
                    try (Connection fresh = Connection.to(address.getPort())) {
                        assertThat(status(fresh)).as("who comes after %d", i).isEqualTo(200);
                    }
                }
            }
            long grown = server.memory() - before;
            System.out.println(idle.size() + " idle connections cost " + (grown >> 20) + " MB.");

            assertThat(grown).isLessThan(BUDGET);
        } finally {
            for (SocketChannel each : idle) {
                each.close();
            }
        }
    }

    private static int status(Connection connection) throws IOException {
        return connection
                .exchange(Sent.post("/", "application/x-amz-json-1.0", "{}")
                        .with("X-Amz-Target", "AmazonSQS.ListQueues")
                        .by("000000000000", "us-east-1", "sqs"))
                .status();
    }
}
