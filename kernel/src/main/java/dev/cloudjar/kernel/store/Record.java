package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/// One committed transaction as it stands in the journal.
///
/// ```
/// header   length of the payload (4) · CRC-32C of the payload (4) · CRC-32C of these eight bytes (4)
/// payload  sequence (8) · length of origin (4) · origin · effects
/// effect   length of key (4) · key · length of value, or -1 for a deletion (4) · value
/// ```
/// All numbers are big-endian. The header has a checksum of its own, so that a damaged length is told from a
/// short file.
final class Record {
    static final int HEADER = 12;

    /// The shortest payload: a sequence and an empty origin.
    static final int LEAST = 12;

    private Record() {}

    /// What stands in a record, as it is found there: values as stretches of the payload.
    interface Reader {
        void put(byte[] key, int at, int length);

        void deleted(byte[] key);
    }

    /// Writes a record into a growing buffer: begin, effects, end.
    static final class Writer implements Effects {
        private static final int MOST = 1 << 30;

        /// A large value and where in the buffer it stands.
        private record Written(Large value, int at) {}

        private final int large;
        private final List<Written> values = new ArrayList<>();
        private byte[] bytes = new byte[1 << 16];
        private int end;
        private int start;
        private int valuesBefore;

        /// A writer that keeps values of `large` bytes and more out of the tree.
        Writer(int large) {
            this.large = large;
        }

        void begin(long sequence, byte[] origin) {
            start = end;
            valuesBefore = values.size();
            room(HEADER + 12 + origin.length);
            end += HEADER;
            ByteBuffer.wrap(bytes, end, 12).putLong(sequence).putInt(origin.length);
            end += 12;
            append(origin);
        }

        @Override
        public Object put(byte[] key, byte[] value) {
            room(8 + key.length + value.length);
            number(key.length);
            append(key);
            number(value.length);
            append(value);
            if (value.length < large) {
                return value;
            }
            var kept = new Large(value);
            values.add(new Written(kept, end - value.length));
            return kept;
        }

        @Override
        public void deleted(byte[] key) {
            room(8 + key.length);
            number(key.length);
            append(key);
            number(-1);
        }

        void end() {
            int length = end - start - HEADER;
            ByteBuffer header = ByteBuffer.wrap(bytes, start, HEADER);
            header.putInt(length).putInt(Large.check(bytes, start + HEADER, length));
            header.putInt(Large.check(bytes, start, 8));
        }

        /// Takes back what was written since [#begin].
        void abandon() {
            end = start;
            values.subList(valuesBefore, values.size()).clear();
        }

        /// The bytes written since [#clear].
        ByteBuffer written() {
            return ByteBuffer.wrap(bytes, 0, end);
        }

        /// Has the large values read from the file, in which what was written begins at `from`.
        void settle(LongFunction<Large.Place> places, long from) {
            values.forEach(written -> written.value().moved(places.apply(from + written.at())));
        }

        void clear() {
            end = 0;
            values.clear();
            if (bytes.length > 1 << 22) {
                bytes = new byte[1 << 16];
            }
        }

        private void number(int value) {
            ByteBuffer.wrap(bytes, end, 4).putInt(value);
            end += 4;
        }

        private void append(byte[] more) {
            System.arraycopy(more, 0, bytes, end, more.length);
            end += more.length;
        }

        private void room(int more) {
            long needed = (long) end + more;
            if (needed > MOST) {
                throw new StoreException("more than " + MOST + " bytes cannot be written to the journal at once");
            }
            if (needed > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.clamp(bytes.length * 2L, needed, MOST));
            }
        }
    }

    static long sequence(ByteBuffer payload) {
        return payload.getLong(payload.position());
    }

    static byte[] origin(ByteBuffer payload) {
        byte[] origin = new byte[payload.getInt(payload.position() + 8)];
        payload.get(payload.position() + LEAST, origin);
        return origin;
    }

    /// Reads the effects of a payload that was found sound and begins at 0.
    static void read(ByteBuffer payload, Reader reader) {
        payload.position(8);
        payload.position(LEAST + payload.getInt());
        while (payload.hasRemaining()) {
            byte[] key = new byte[payload.getInt()];
            payload.get(key);
            int length = payload.getInt();
            if (length < 0) {
                reader.deleted(key);
            } else {
                reader.put(key, payload.position(), length);
                payload.position(payload.position() + length);
            }
        }
    }
}
