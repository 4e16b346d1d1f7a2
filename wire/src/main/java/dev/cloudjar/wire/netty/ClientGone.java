package dev.cloudjar.wire.netty;

import java.io.IOException;

/// The client closed its connection, or reset its stream, before the exchange was over.
final class ClientGone extends IOException {
    private static final long serialVersionUID = 1L;

    ClientGone() {
        super("The client closed the connection");
    }
}
