package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.wire.auth.BodyIntake.Trailers;
import dev.cloudjar.wire.http.HttpRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The promises that a request makes about its body: `Content-MD5`, `x-amz-content-sha256`, and one
/// `x-amz-checksum-…` in a header or a trailer.
final class BodyChecks {
    private static final int MD5_SIZE = 16;
    private static final String XXHASH = "xxhash";
    private static final Set<String> ABOUT = Set.of("algorithm", "type", "mode");

    private final HttpRequest request;
    private final Endpoint endpoint;
    private final Trailers trailers;
    private final List<BodyCheck> checks = new ArrayList<>(2);

    BodyChecks(HttpRequest request, Endpoint endpoint, Trailers trailers) {
        this.request = request;
        this.endpoint = endpoint;
        this.trailers = trailers;
    }

    List<BodyCheck> list() {
        boolean checksummed = endpoint.hasChecksums();
        if (endpoint.isS3() || checksummed) {
            request.headers().get("Content-MD5").ifPresent(this::addMd5);
        }
        if (endpoint.isS3()) {
            request.headers()
                    .get(PayloadHash.HEADER)
                    .filter(PayloadHash::isSha256)
                    .ifPresent(this::addSha256);
        }
        if (checksummed) {
            addHeaderChecksum();
            request.headers().get("x-amz-trailer").ifPresent(this::addTrailer);
        }
        return checks;
    }

    private void addMd5(String given) {
        byte[] expected = base64(given);
        if (expected == null || expected.length != MD5_SIZE) {
            throw BodyFault.invalidDigest(given);
        }
        checks.add(new BodyCheck(
                Hashing.MD5.start(),
                () -> expected,
                found -> BodyFault.wrongMd5(given, Base64.getEncoder().encodeToString(found))));
    }

    private void addSha256(String given) {
        byte[] expected = HexFormat.of().parseHex(given);
        checks.add(new BodyCheck(
                Hashing.SHA256.start(),
                () -> expected,
                found -> BodyFault.wrongSha256(given, HexFormat.of().formatHex(found))));
    }

    private void addHeaderChecksum() {
        List<Hashing> named = new ArrayList<>(1);
        request.headers().forEach((name, _) -> {
            if (name.regionMatches(true, 0, Hashing.PREFIX, 0, Hashing.PREFIX.length())) {
                Hashing.ofHeader(name).ifPresentOrElse(named::add, () -> checkAbout(name));
            }
        });
        if (named.size() > 1) {
            throw BodyFault.manyChecksums();
        }
        request.headers().get("x-amz-sdk-checksum-algorithm").ifPresent(said -> checkSaid(said, named));
        for (Hashing algorithm : named) {
            String given = request.headers().get(algorithm.header()).orElse("");
            byte[] expected = value(given, algorithm, false);
            add(algorithm, () -> expected);
        }
    }

    /// A header that begins as those of checksums do is one, or tells about one.
    private static void checkAbout(String header) {
        if (header.regionMatches(true, Hashing.PREFIX.length(), XXHASH, 0, XXHASH.length())) {
            throw BodyFault.notImplemented(header);
        }
        if (!ABOUT.contains(header.substring(Hashing.PREFIX.length()).toLowerCase(Locale.ROOT))) {
            throw BodyFault.unknownChecksum();
        }
    }

    /// The algorithm that an SDK names must be that of the checksum in the headers or in the trailer.
    private void checkSaid(String said, List<Hashing> named) {
        String header = Hashing.PREFIX + said.toLowerCase(Locale.ROOT);
        if (Hashing.ofHeader(header).isEmpty()) {
            throw BodyFault.wrongAlgorithm();
        }
        String trailers = request.headers().get("x-amz-trailer").orElse("").toLowerCase(Locale.ROOT);
        if (named.isEmpty() && trailers.isEmpty()) {
            throw BodyFault.missingChecksum();
        }
        if (named.isEmpty()
                ? !trailers.contains(header)
                : !named.getFirst().header().equals(header)) {
            throw BodyFault.wrongAlgorithm();
        }
    }

    private void addTrailer(String names) {
        for (String name : names.split(",", -1)) {
            String trailer = name.strip().toLowerCase(Locale.ROOT);
            Optional<Hashing> algorithm = Hashing.ofHeader(trailer);
            algorithm.ifPresent(a ->
                    add(a, () -> value(trailers.find(trailer).orElseThrow(BodyFault::malformedTrailer), a, true)));
        }
    }

    private void add(Hashing algorithm, Supplier<byte[]> expected) {
        checks.add(new BodyCheck(algorithm.start(), expected, _ -> BodyFault.wrongChecksum(algorithm)));
    }

    private static byte[] value(String given, Hashing algorithm, boolean trailer) {
        byte[] value = base64(given);
        if (value == null || value.length != algorithm.size()) {
            throw BodyFault.invalidChecksum(algorithm.header(), trailer);
        }
        return value;
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
