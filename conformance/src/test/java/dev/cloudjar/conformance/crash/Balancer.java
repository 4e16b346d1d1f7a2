package dev.cloudjar.conformance.crash;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// One address before several nodes: each connection goes to the next node that answers, byte for byte.
final class Balancer implements AutoCloseable {
    private final List<Integer> nodes;
    private final ServerSocket door;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    private Balancer(List<Integer> nodes) throws IOException {
        this.nodes = nodes;
        this.door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    }

    static Balancer before(List<Integer> nodes) throws IOException {
        var balancer = new Balancer(nodes);
        Thread.startVirtualThread(balancer::accept);
        return balancer;
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket client = door.accept();
                Thread.startVirtualThread(() -> serve(client));
            }
        } catch (IOException closed) {
            Thread.yield();
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket node = connect()) {
            open.addAll(List.of(client, node));
            if (door.isClosed()) {
                return; // It was closed before these were known to be open.
            }
            Thread back = Thread.startVirtualThread(() -> copy(node, client));
            copy(client, node);
            back.join();
        } catch (IOException gone) {
            open.remove(client);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket connect() throws IOException {
        IOException none = new IOException("no node answers");
        for (int i = 0; i < nodes.size(); i++) {
            try {
                return new Socket(
                        InetAddress.getLoopbackAddress(),
                        nodes.get(Math.floorMod(next.getAndIncrement(), nodes.size())));
            } catch (IOException dead) {
                none.addSuppressed(dead);
            }
        }
        throw none;
    }

    /// Copies until one end is gone, and then takes the other with it.
    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Closeable each : List.copyOf(open)) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
