package dev.cloudjar.kernel.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

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

    /// Writes a record into a growing buffer: begin, effects, end.
    static final class Writer implements Effects {
        private static final int MOST = 1 << 30;

        private byte[] bytes = new byte[1 << 16];
        private int end;
        private int start;

        void begin(long sequence, byte[] origin) {
            start = end;
            room(HEADER + 12 + origin.length);
            end += HEADER;
            ByteBuffer.wrap(bytes, end, 12).putLong(sequence).putInt(origin.length);
            end += 12;
            append(origin);
        }

        @Override
        public void put(byte[] key, byte[] value) {
            room(8 + key.length + value.length);
            number(key.length);
            append(key);
            number(value.length);
            append(value);
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
            var payload = new CRC32C();
            payload.update(bytes, start + HEADER, length);
            ByteBuffer header = ByteBuffer.wrap(bytes, start, HEADER);
            header.putInt(length).putInt((int) payload.getValue());
            var check = new CRC32C();
            check.update(bytes, start, 8);
            header.putInt((int) check.getValue());
        }

        /// Takes back what was written since [#begin].
        void abandon() {
            end = start;
        }

        /// The bytes written since [#clear].
        ByteBuffer written() {
            return ByteBuffer.wrap(bytes, 0, end);
        }

        void clear() {
            end = 0;
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

    /// Reads the effects of a payload that was found sound.
    static void read(ByteBuffer payload, Effects effects) {
        payload.position(8);
        payload.position(12 + payload.getInt());
        while (payload.hasRemaining()) {
            byte[] key = bytes(payload, payload.getInt());
            int length = payload.getInt();
            if (length < 0) {
                effects.deleted(key);
            } else {
                effects.put(key, bytes(payload, length));
            }
        }
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        byte[] to = new byte[length];
        from.get(to);
        return to;
    }
}
