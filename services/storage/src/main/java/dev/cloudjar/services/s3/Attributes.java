package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import java.util.List;
import java.util.Set;

/// The attributes of an object that clients ask for by name, its parts among them.
final class Attributes implements S3 {
    private static final int MOST = 1000;

    private final Reading reading;

    Attributes(Reading reading) {
        this.reading = reading;
    }

    @Override
    public GetObjectAttributesOutput getObjectAttributes(GetObjectAttributesRequest in) {
        for (String name : in.objectAttributes()) {
            if (!ObjectAttributes.VALUES.contains(name)) {
                throw Refusals.argument("Invalid attribute name specified.", "x-amz-object-attributes", name);
            }
        }
        Reading.Seen seen = reading.see(new Asked(in), "GET");
        Version version = seen.version();
        Set<String> names = Set.copyOf(in.objectAttributes());
        var out = new GetObjectAttributesOutput().lastModified(version.origin().modified());
        if (seen.bucket().hasVersions()) {
            out.versionId(version.id());
        }
        if (names.contains(ObjectAttributes.E_TAG)) {
            out.eTag(version.content().etag());
        }
        if (names.contains(ObjectAttributes.STORAGE_CLASS)) {
            out.storageClass(version.storageClass());
        }
        if (names.contains(ObjectAttributes.OBJECT_SIZE)) {
            out.objectSize(version.content().size());
        }
        Sum sum = version.content().checksum();
        if (names.contains(ObjectAttributes.CHECKSUM) && !sum.isNone()) {
            var checksum = new Checksum();
            new Sum(sum.algorithm(), sum.type(), bare(sum)).into(checksum);
            out.checksum(checksum);
        }
        if (names.contains(ObjectAttributes.OBJECT_PARTS) && !seen.parts().isEmpty()) {
            out.objectParts(parts(in, seen));
        }
        return out;
    }

    /// A composite checksum is told without the number of parts here.
    private static String bare(Sum sum) {
        int dash = sum.value().lastIndexOf('-');
        return sum.type().equals(Sum.COMPOSITE) && dash > 0 ? sum.value().substring(0, dash) : sum.value();
    }

    /// Parts are told one by one only where each has a checksum of its own that counts.
    private static GetObjectAttributesParts parts(GetObjectAttributesRequest in, Reading.Seen seen) {
        var out = new GetObjectAttributesParts().totalPartsCount(seen.parts().size());
        if (!seen.version().content().checksum().type().equals(Sum.COMPOSITE)) {
            return out;
        }
        int most = Math.min(in.maxParts().orElse(MOST), MOST);
        int marker = in.partNumberMarker().orElse(0);
        List<StoredPart> rest = seen.parts().stream()
                .filter(part -> part.number() > marker)
                .limit(most + 1L)
                .toList();
        List<StoredPart> page = rest.subList(0, Math.min(most, rest.size()));
        return out.maxParts(most)
                .partNumberMarker(marker)
                .nextPartNumberMarker(page.isEmpty() ? 0 : page.getLast().number())
                .isTruncated(rest.size() > most)
                .parts(page.stream().map(Attributes::shown).toList());
    }

    private static ObjectPart shown(StoredPart part) {
        var shown = new ObjectPart().partNumber(part.number()).size(part.size());
        part.checksum().into(shown);
        return shown;
    }
}
