package dev.cloudjar.wire.netty;

import dev.cloudjar.wire.tls.KeySource;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// How a front door opens. Port 0 takes any free port; without `tls` a TLS handshake is refused; `clock` gives the
/// `Date` of answers; `failures` hears of every exception that is not the client's doing.
public record Settings(
        String host,
        int port,
        Limits limits,
        Optional<KeySource> tls,
        InstantSource clock,
        Consumer<Throwable> failures) {

    /// Plain HTTP on `host`:`port` with the default limits.
    public static Settings on(String host, int port, InstantSource clock, Consumer<Throwable> failures) {
        return new Settings(host, port, Limits.DEFAULT, Optional.empty(), clock, failures);
    }

    public Settings withLimits(Limits other) {
        return new Settings(host, port, other, tls, clock, failures);
    }

    public Settings withTls(KeySource keys) {
        return new Settings(host, port, limits, Optional.of(keys), clock, failures);
    }
}
