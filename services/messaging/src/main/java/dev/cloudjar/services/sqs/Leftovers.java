package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.util.List;

/// Sweeps away the rows of a lot that no queue holds any more, some thousands at a time.
final class Leftovers {
    static final String TASK = "sweep";

    private static final int MOST = 2_000;

    private final Kernel kernel;

    Leftovers(Kernel kernel) {
        this.kernel = kernel;
    }

    void abandon(Lot lot) {
        kernel.agenda().at(kernel.time().now(), SqsService.ID, TASK, lot.toString());
    }

    void sweep(String subject) {
        Lot lot = Lot.parse(subject);
        boolean more = sweep(SentMessage.class, lot)
                | sweep(Flight.class, lot)
                | sweep(Due.class, lot)
                | sweep(Line.class, lot)
                | sweep(Group.class, lot)
                | sweep(Deduplicated.class, lot)
                | sweep(ReceiveAttempt.class, lot);
        if (more) {
            abandon(lot);
        }
    }

    private <K, V extends Row<K>> boolean sweep(Class<V> type, Lot lot) {
        Table<K, V> table = kernel.table(type);
        List<V> rows = table.rows(Span.under(lot)).limit(MOST).toList();
        rows.forEach(row -> table.remove(row.key()));
        return rows.size() == MOST;
    }
}
