package dev.cloudjar.kernel.policy;

import java.util.Arrays;
import java.util.List;

/// The statements of one policy about one action, those that deny first. What stands before the first wildcard
/// of their resources and behind the last is laid out beside them, so that statements about other resources are
/// passed over without being touched.
final class Sieve {
    private static final int WORDS = 4;

    private final Statement[] statements;
    /// Where the resources of each statement begin in `ends`; a statement without any is always looked at.
    private final int[] starts;
    private final int[] ends;

    Sieve(List<Statement> statements) {
        this.statements = statements.toArray(Statement[]::new);
        this.starts = new int[statements.size() + 1];
        List<int[]> found = statements.stream().map(Statement::resourceEnds).toList();
        for (int i = 0; i < found.size(); i++) {
            starts[i + 1] = starts[i] + found.get(i).length;
        }
        this.ends = found.stream().flatMapToInt(Arrays::stream).toArray();
    }

    int size() {
        return statements.length;
    }

    Statement at(int place) {
        return statements[place];
    }

    /// The place of the first statement, from `from` on, that may be about `resource`, or how many there are.
    int next(int from, Print resource) {
        int place = from;
        while (place < statements.length && !mayConcern(place, resource)) {
            place++;
        }
        return place;
    }

    private boolean mayConcern(int place, Print resource) {
        int start = starts[place];
        int end = starts[place + 1];
        for (int at = start; at < end; at += WORDS) {
            if (resource.ends(ends[at], ends[at + 1]) && resource.begins(ends[at + 2], ends[at + 3])) {
                return true;
            }
        }
        return start == end;
    }
}
