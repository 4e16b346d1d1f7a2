package dev.cloudjar.wire.auth;

import dev.cloudjar.wire.http.HttpRequest;
import java.util.Optional;

/// The regions that a SigV4a signature is good for: `us-east-1,eu-*`.
final class RegionSet {
    private static final String NAME = "X-Amz-Region-Set";

    private RegionSet() {}

    /// The first region that is named in full.
    static Optional<String> single(HttpRequest request) {
        String set = request.headers()
                .get(NAME)
                .or(() -> QueryText.getIgnoringCase(request.query(), NAME))
                .orElse("");
        for (String region : set.split(",", -1)) {
            String name = region.strip();
            if (!name.isEmpty() && name.indexOf('*') < 0) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    /// Whether the set holds `region`, a star standing for anything.
    static boolean holds(HttpRequest request, String region) {
        String set = request.headers()
                .get(NAME)
                .or(() -> QueryText.getIgnoringCase(request.query(), NAME))
                .orElse("");
        for (String pattern : set.split(",", -1)) {
            String name = pattern.strip();
            int star = name.indexOf('*');
            boolean matches = star < 0
                    ? name.equals(region)
                    : region.startsWith(name.substring(0, star)) && region.endsWith(name.substring(star + 1));
            if (matches) {
                return true;
            }
        }
        return false;
    }
}
