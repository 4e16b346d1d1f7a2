package dev.cloudjar.conformance.laws;

import dev.cloudjar.kernel.World;
import dev.cloudjar.kernel.store.Store.Origin;
import dev.cloudjar.kernel.store.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.CRC32;

/// A number that is another one once anything in a world is.
final class Digest {
    private static final byte[] END = {(byte) 0xFF};
    private static final String CLOCK = "kernel.clock";
    /// Even a read notes that it used a key.
    private static final String LAST_USE = "LastUse";

    private Digest() {}

    /// The digest of the world behind a court, where that world is in this JVM.
    static Optional<Long> of(Court court) {
        return court.world().map(Digest::of);
    }

    /// What is due is done first, so that nothing happens meanwhile. When the clock was set does not count.
    static long of(World world) {
        world.advanceClock(Duration.ZERO);
        return world.store().transact(Origin.NONE, tx -> {
            var crc = new CRC32();
            Tx.Cursor all = tx.range(new byte[0], END, false);
            while (all.next()) {
                String key = new String(all.key(), StandardCharsets.ISO_8859_1);
                if (!key.contains(CLOCK) && !key.contains(LAST_USE)) {
                    crc.update(all.key());
                    crc.update(all.value());
                }
            }
            return crc.getValue();
        });
    }
}
