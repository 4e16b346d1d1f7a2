package dev.cloudjar.services.s3;

import java.util.HashMap;
import java.util.Map;

/// A text as a map: each line is a meaning and the words that have it.
final class Dictionary {
    private Dictionary() {}

    static Map<String, String> of(String text) {
        Map<String, String> all = new HashMap<>();
        text.lines().map(line -> line.split(" ")).forEach(words -> {
            for (int i = 1; i < words.length; i++) {
                all.put(words[i], words[0]);
            }
        });
        return Map.copyOf(all);
    }
}
