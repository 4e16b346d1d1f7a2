package dev.cloudjar.model.generator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The names used in one place; a name that is used already gets a number. Case does not tell names apart, for class
/// files lie on disks where it does not either.
final class Scope {
    private final Set<String> used = new HashSet<>();

    String claim(String name) {
        String free = name;
        for (int i = 2; !used.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
