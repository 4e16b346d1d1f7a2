package dev.cloudjar.wire.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the `Host` of a request tells: the labels that name a service, and a region. `ours` is true where the host
/// is one of AWS's own, whose region is meant and not merely an endpoint that everything is sent to.
record HostName(List<String> labels, Optional<String> region, boolean ours) {
    private static final List<String> AWS = List.of(".amazonaws.com", ".amazonaws.com.cn", ".api.aws");
    private static final List<String> LOCAL = List.of(".localhost.localstack.cloud", ".localhost");

    static HostName parse(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        for (String suffix : AWS) {
            if (name.endsWith(suffix)) {
                return of(name.substring(0, name.length() - suffix.length()), true);
            }
        }
        for (String suffix : LOCAL) {
            if (name.endsWith(suffix)) {
                return of(name.substring(0, name.length() - suffix.length()), false);
            }
        }
        return new HostName(List.of(), Optional.empty(), false);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private static HostName of(String name, boolean ours) {
        List<String> labels = new ArrayList<>(List.of(name.split("\\.", -1)));
        Optional<String> region = Optional.empty();
        for (int i = labels.size() - 1; i >= 0 && region.isEmpty(); i--) {
            if (isRegion(labels.get(i))) {
                region = Optional.of(labels.remove(i));
            }
        }
        labels.remove("dualstack");
        labels.remove("vpce");
        return new HostName(List.copyOf(labels), region, ours);
    }

    /// `us-east-1`, `us-gov-west-1`: two letters, words, one number.
    static boolean isRegion(String label) {
        int length = label.length();
        if (length < 9 || label.charAt(2) != '-' || label.charAt(length - 2) != '-') {
            return false;
        }
        for (int i = 0; i < length - 1; i++) {
            char c = label.charAt(i);
            if (c != '-' && (c < 'a' || c > 'z')) {
                return false;
            }
        }
        char last = label.charAt(length - 1);
        return last >= '1' && last <= '9';
    }

    /// The names that may be an endpoint prefix, the longest first: for `bucket.runtime.lex` these are
    /// `bucket.runtime.lex`, `runtime.lex` and `lex`.
    List<String> candidates() {
        List<String> candidates = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            candidates.add(String.join(".", labels.subList(i, labels.size())));
        }
        return candidates;
    }

    boolean has(String label) {
        return labels.contains(label);
    }
}
