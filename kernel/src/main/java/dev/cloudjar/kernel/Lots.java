package dev.cloudjar.kernel;

import java.util.function.Consumer;

/// Sweeps away the rows of dropped lots, some thousands in a transaction, so that nobody else waits for it.
final class Lots {
    static final String TASK = "drop";

    private static final int AT_ONCE = 2_000;

    private final World world;

    Lots(World world) {
        this.world = world;
    }

    void drop(String service, Lot lot) {
        world.agenda().at(world.time().now(), Deliveries.SERVICE, TASK, service + '/' + lot);
    }

    Consumer<String> task() {
        return subject -> {
            int cut = subject.indexOf('/');
            String service = subject.substring(0, cut);
            Lot lot = Lot.parse(subject.substring(cut + 1));
            world.service(service);
            boolean all = true;
            for (Table<?, ?> table : world.tables().inLots(service)) {
                all &= table.clear(AT_ONCE, lot) < AT_ONCE;
            }
            if (!all) {
                drop(service, lot);
            }
        };
    }
}
