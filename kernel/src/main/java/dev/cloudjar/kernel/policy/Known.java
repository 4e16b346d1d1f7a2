package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bindings of principals who called lately, good as long as nothing has changed in their account.
final class Known {
    private static final int MOST = 4096;

    private record Who(String arn, String userId, List<String> narrowed) {}

    private record Entry(long generation, Bindings bindings) {}

    private final Map<Who, Entry> entries = new ConcurrentHashMap<>();

    Bindings of(Principal principal, Identities identities) {
        var who =
                new Who(principal.arn(), principal.userId(), principal.session().policies());
        long generation = identities.generation(principal.account());
        Entry known = entries.get(who);
        if (known != null && known.generation() == generation) {
            return known.bindings();
        }
        if (entries.size() >= MOST) {
            entries.clear();
        }
        Bindings found = identities.bindings(principal);
        entries.put(who, new Entry(generation, found));
        return found;
    }
}
