package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Iam.Tag;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tags as the wire has them, held to IAM's rules: at most fifty, and no key twice whatever its case.
final class Tagging {
    private static final int MOST = 50;

    private Tagging() {}

    static Map<String, String> read(List<Tag> tags) {
        var read = new LinkedHashMap<String, String>();
        var seen = new HashSet<String>();
        for (Tag tag : tags) {
            if (!seen.add(tag.key().toLowerCase(Locale.ROOT))) {
                throw Refusals.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Refusals.invalid("Tag keys can not start with 'aws:'. Please use a different tag key.");
            }
            read.put(tag.key(), tag.value());
        }
        checkCount(read.size());
        return read;
    }

    /// `now` with `more` over it.
    static Map<String, String> added(Map<String, String> now, List<Tag> more) {
        var all = new LinkedHashMap<>(now);
        all.putAll(read(more));
        checkCount(all.size());
        return all;
    }

    private static void checkCount(int count) {
        if (count > MOST) {
            throw Iam.LIMIT_EXCEEDED_EXCEPTION.because("The number of tags has reached the maximum limit.");
        }
    }

    static List<Tag> wire(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> new Tag().key(tag.getKey()).value(tag.getValue()))
                .toList();
    }
}
