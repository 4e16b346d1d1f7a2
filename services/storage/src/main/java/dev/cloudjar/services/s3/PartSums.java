package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.checksum.CrcSum;
import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.services.s3.Upload.Summing;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What identifies an object in parts: an ETag and perhaps a checksum, both made of those of its parts.
final class PartSums {
    private PartSums() {}

    /// The digest of the parts' digests, and how many parts there are.
    static String etag(List<StoredPart> parts) {
        byte[] digest = digest(Hashing.MD5, parts, part -> HexFormat.of().parseHex(part.etag()));
        return HexFormat.of().formatHex(digest) + '-' + parts.size();
    }

    /// The checksum that the upload was begun with, or the default where it was begun without any.
    static Sum sum(Summing summing, List<StoredPart> parts) {
        String name = summing.algorithm().isEmpty() ? Hashing.CRC64NVME.name() : summing.algorithm();
        Optional<Hashing> algorithm = Sum.named(name);
        boolean all =
                parts.stream().allMatch(part -> part.checksum().algorithm().equals(name));
        if (algorithm.isEmpty() || !all) {
            return Sum.NONE;
        }
        return summing.type().equals(Sum.COMPOSITE)
                ? composite(algorithm.get(), parts)
                : Sum.of(algorithm.get(), whole(algorithm.get(), parts));
    }

    private static Sum composite(Hashing algorithm, List<StoredPart> parts) {
        byte[] digest = digest(algorithm, parts, part -> part.checksum().bytes());
        String value = Base64.getEncoder().encodeToString(digest) + '-' + parts.size();
        return new Sum(algorithm.name(), Sum.COMPOSITE, value);
    }

    private static byte[] whole(Hashing algorithm, List<StoredPart> parts) {
        byte[] sum = parts.getFirst().checksum().bytes();
        for (StoredPart part : parts.subList(1, parts.size())) {
            sum = CrcSum.of(algorithm, sum, part.checksum().bytes(), part.size());
        }
        return sum;
    }

    private static byte[] digest(Hashing algorithm, List<StoredPart> parts, Function<StoredPart, byte[]> of) {
        Hashing.Hasher hasher = algorithm.start();
        for (StoredPart part : parts) {
            byte[] value = of.apply(part);
            hasher.update(value, 0, value.length);
        }
        return hasher.value();
    }
}
