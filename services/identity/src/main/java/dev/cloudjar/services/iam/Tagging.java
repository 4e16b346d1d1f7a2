package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Iam.Tag;
import dev.cloudjar.model.AwsError;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Tags as the wire has them, held to IAM's rules: at most fifty, and no key twice. Case tells keys apart but for
/// those of users and roles, which keep it all the same.
final class Tagging {
    private static final int MOST = 50;

    private Tagging() {}

    static Map<String, String> read(List<Tag> tags) {
        var read = new LinkedHashMap<String, String>();
        for (Tag tag : tags) {
            if (tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw Refusals.invalid("Tag keys can not start with 'aws:'. Please use a different tag key.");
            }
            if (read.put(tag.key(), tag.value()) != null) {
                throw twice();
            }
        }
        checkCount(read.size());
        return read;
    }

    /// The tags of a user or role.
    static Map<String, String> ofEntity(List<Tag> tags) {
        Map<String, String> read = read(tags);
        if (folded(read.keySet()).size() < read.size()) {
            throw twice();
        }
        return read;
    }

    private static AwsError twice() {
        return Refusals.invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }

    private static Set<String> folded(Collection<String> keys) {
        var folded = new HashSet<String>();
        keys.forEach(key -> folded.add(key.toLowerCase(Locale.ROOT)));
        return folded;
    }

    /// Those of `keys` that one of `named` means, where case tells nothing.
    static Set<String> meant(Set<String> keys, Collection<String> named) {
        Set<String> folded = folded(named);
        var meant = new HashSet<>(keys);
        meant.removeIf(key -> !folded.contains(key.toLowerCase(Locale.ROOT)));
        return meant;
    }

    /// Refuses where `now` with `more` over it would be too many.
    static void checkSum(Map<String, String> now, Map<String, String> more) {
        var all = new HashSet<>(now.keySet());
        all.addAll(more.keySet());
        checkCount(all.size());
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
