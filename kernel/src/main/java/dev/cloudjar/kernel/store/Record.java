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

    private Record() {}

    /// Writes a record into a growing buffer: begin, effects, end.
    static final class Writer implements Effects {
        private byte[] bytes = new byte[1 << 16];
        private int end;
        private int start;

        int size() {
            return end;
        }

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
            if (end + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + more));
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
