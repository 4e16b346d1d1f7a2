package dev.cloudjar.services.s3;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import dev.cloudjar.services.s3.Reading.Seen;
import java.util.List;
import java.util.Optional;

/// Which bytes of an object are asked for: all, a range, or a part by its number. `header` is there where the
/// answer is a part of the whole.
record Range(Bytes bytes, Optional<String> header, Optional<Integer> parts, Optional<StoredPart> part) {
    private static final String UNIT = "bytes=";

    static Range of(Asked in, Seen seen) {
        long size = seen.version().content().size();
        Optional<Long> number = in.number("PartNumber");
        Optional<String> range = in.filled("Range");
        if (number.isPresent()) {
            if (range.isPresent()) {
                throw Refusals.request("Cannot specify both Range header and partNumber query parameter");
            }
            return ofPart(number.get(), seen, size);
        }
        Optional<Bytes> parsed = range.flatMap(text -> parse(text, size));
        return parsed.map(
                        bytes -> new Range(bytes, Optional.of(header(bytes, size)), Optional.empty(), Optional.empty()))
                .orElseGet(() -> whole(size));
    }

    private static Range whole(long size) {
        return new Range(new Bytes(0, size), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Range ofPart(long number, Seen seen, long size) {
        if (number < 1 || number > StoredPart.MOST) {
            throw Refusals.argument(
                    "Part number must be an integer between 1 and 10000, inclusive", "partNumber", "" + number);
        }
        List<StoredPart> parts = seen.parts();
        if (parts.isEmpty()) {
            if (number > 1) {
                throw unsatisfiable(
                        "The requested partnumber is not satisfiable",
                        "InvalidPartNumber",
                        Details.of("ActualPartCount", "1").and("PartNumberRequested", "" + number));
            }
            Bytes all = new Bytes(0, size);
            Optional<String> header = size == 0 ? Optional.empty() : Optional.of(header(all, size));
            return new Range(all, header, Optional.empty(), Optional.empty());
        }
        if (number > parts.size()) {
            throw unsatisfiable(
                    "The requested partnumber is not satisfiable",
                    "InvalidPartNumber",
                    Details.of("ActualPartCount", "" + parts.size()).and("PartNumberRequested", "" + number));
        }
        long offset = 0;
        for (StoredPart before : parts.subList(0, (int) number - 1)) {
            offset += before.size();
        }
        StoredPart part = parts.get((int) number - 1);
        var bytes = new Bytes(offset, part.size());
        return new Range(bytes, Optional.of(header(bytes, size)), Optional.of(parts.size()), Optional.of(part));
    }

    /// A range as S3 takes it; one that S3 does not understand, or several, is as if there were none.
    static Optional<Bytes> parse(String text, long size) {
        int dash = text.indexOf('-');
        if (!text.startsWith(UNIT) || dash < 0 || text.indexOf(',') >= 0) {
            return Optional.empty();
        }
        String first = text.substring(UNIT.length(), dash).strip();
        String last = text.substring(dash + 1).strip();
        if (!isNumber(first) || !isNumber(last) || first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        if (first.isEmpty()) {
            long suffix = Math.min(Long.parseLong(last), size);
            if (suffix == 0) {
                throw unsatisfiable(text, size);
            }
            return Optional.of(new Bytes(size - suffix, suffix));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? size - 1 : Math.min(Long.parseLong(last), size - 1);
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        if (from >= size) {
            throw unsatisfiable(text, size);
        }
        return Optional.of(new Bytes(from, to - from + 1));
    }

    private static boolean isNumber(String text) {
        return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static AwsError unsatisfiable(String range, long size) {
        return unsatisfiable(
                "The requested range is not satisfiable",
                "InvalidRange",
                Details.of("RangeRequested", range)
                        .and("ActualObjectSize", Long.toString(size))
                        .header("Content-Range", "bytes */" + size));
    }

    private static AwsError unsatisfiable(String message, String code, Details details) {
        return details.refuse(Code.of(code, 416), message);
    }

    private static String header(Bytes bytes, long size) {
        return "bytes " + bytes.offset() + '-' + (bytes.end() - 1) + '/' + size;
    }

    /// The checksum of what is answered: the object's for all of it, the part's for a part, none for a range.
    Sum checksum(Version version) {
        if (part.isPresent()) {
            return part.get().checksum().isNone()
                    ? Sum.NONE
                    : new Sum(
                            part.get().checksum().algorithm(),
                            version.content().checksum().type(),
                            part.get().checksum().value());
        }
        return header.isPresent() && bytes.length() < version.content().size()
                ? Sum.NONE
                : version.content().checksum();
    }
}
