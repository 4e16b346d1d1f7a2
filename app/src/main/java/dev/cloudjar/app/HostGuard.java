package dev.cloudjar.app;

import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Keeps web pages out of a developer's cloud. A browser always says which host it asks and, across origins,
/// from which page: only local names, those of the network at hand, AWS's own and the configured ones may be
/// asked, and only pages of such names may ask.
final class HostGuard {
    private static final List<String> SUFFIXES = List.of(
            "localhost", "localhost.localstack.cloud", "amazonaws.com", "amazonaws.com.cn", "api.aws", "on.aws");

    private final Set<String> names;

    HostGuard(Set<String> names) {
        this.names = names;
    }

    /// The refusal, or nothing where the request may go on.
    Optional<HttpResponse> refuse(HttpRequest request) {
        if (!mayBeAsked(request)) {
            return Optional.of(no("The host '" + request.host() + "' is not one that this cloud answers to. "
                    + "Start it with --allowed-hosts to add names."));
        }
        Optional<String> origin = request.headers().get("Origin").filter(o -> !mayAsk(o));
        return origin.map(o -> no("Pages of " + o + " may not use this cloud."));
    }

    /// Whether the host is one that this cloud answers to.
    boolean mayBeAsked(HttpRequest request) {
        return mayBeAsked(name(request.host()));
    }

    private static HttpResponse no(String sentence) {
        return HttpResponse.of(403, "text/plain; charset=utf-8", sentence + "\n");
    }

    private boolean mayAsk(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && (isLocal(name(host)) || names.contains(name(host)));
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }

    private boolean mayBeAsked(String host) {
        return host.isEmpty()
                || isAddress(host)
                || isOfThisNetwork(host)
                || names.contains(host)
                || SUFFIXES.stream().anyMatch(s -> ends(host, s));
    }

    private static boolean isLocal(String host) {
        return isAddress(host) || ends(host, "localhost") || ends(host, "localhost.localstack.cloud");
    }

    private static boolean ends(String host, String suffix) {
        return host.equals(suffix) || host.endsWith("." + suffix);
    }

    /// A name without a dot is one of a container or a machine nearby: nobody can register it, and so nobody
    /// can have a browser take his page for one of it.
    private static boolean isOfThisNetwork(String host) {
        return host.indexOf('.') < 0;
    }

    /// Numbers cannot be rebound to another machine, names can.
    private static boolean isAddress(String host) {
        return host.startsWith("[") || !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    /// The host without its port, in lower case.
    private static String name(String authority) {
        int colon = authority.lastIndexOf(':');
        String host = colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
        return host.toLowerCase(Locale.ROOT);
    }
}
