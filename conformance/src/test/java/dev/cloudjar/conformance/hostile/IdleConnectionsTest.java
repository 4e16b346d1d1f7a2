package dev.cloudjar.conformance.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.cloudjar.conformance.client.Connection;
import dev.cloudjar.conformance.client.Sent;
import dev.cloudjar.conformance.crash.Program;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// However many connections are opened and never used, those who ask are answered, and memory stays. The server
/// keeps 8,192 at once, and closes the oldest of those that say nothing. The test holds as many open as it may
/// have files, and lets go of its own oldest to open more.
class IdleConnectionsTest {
    private static final int ALL = 100_000;
    /// An address has ports for so many at once, with those that are closing.
    private static final int OF_ONE_ADDRESS = 10_000;
    private static final int RESERVE = 2_000;
    private static final long BUDGET = 192L << 20;

    /// As many as this process may have open at once.
    private static int possible() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long files = system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount()
                : 0;
        return Math.clamp(files - RESERVE, 0, ALL);
    }

    @Test
    void leaveRoomForWhoAsks(@TempDir Path data) throws IOException {
        Deque<SocketChannel> idle = new ArrayDeque<>();
        try (Program server = Program.start(data);
                Connection old = Connection.to(server.port())) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            assertThat(status(old)).isEqualTo(200);
            long before = server.memory();
            int most = possible();
            for (int i = 0; i < ALL; i++) {
                if (idle.size() == most) {
                    idle.remove().close();
                }
                idle.add(opened(address, i / OF_ONE_ADDRESS));
                if (i % 1_000 == 0) {
                    assertThat(status(old)).as("who was there before").isEqualTo(200);
                    try (Connection fresh = Connection.to(address.getPort())) {
                        assertThat(status(fresh)).as("who comes after %d", i).isEqualTo(200);
                    }
                }
            }
            long grown = server.memory() - before;
            System.out.println(ALL + " idle connections, " + idle.size() + " at once, cost " + (grown >> 20) + " MB.");

            assertThat(grown).isLessThan(BUDGET);
        } finally {
            for (SocketChannel each : idle) {
                each.close();
            }
        }
    }

    /// A connection from one of this machine's addresses, of which Linux has many.
    private static SocketChannel opened(InetSocketAddress server, int from) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (server.getAddress() instanceof Inet4Address && Files.exists(Path.of("/proc/self"))) {
            channel.bind(new InetSocketAddress("127.0.0." + (2 + from), 0));
        }
        channel.connect(server);
        return channel;
    }

    private static int status(Connection connection) throws IOException {
        return connection
                .exchange(Sent.post("/", "application/x-amz-json-1.0", "{}")
                        .with("X-Amz-Target", "AmazonSQS.ListQueues")
                        .by("000000000000", "us-east-1", "sqs"))
                .status();
    }
}
