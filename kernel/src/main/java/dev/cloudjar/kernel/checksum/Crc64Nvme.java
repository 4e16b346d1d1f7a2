package dev.cloudjar.kernel.checksum;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME, S3's default checksum, eight bytes a step, of two stretches side by side where there are enough: a
/// processor has room for the one while the other waits for its tables.
public final class Crc64Nvme implements Checksum {
    private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
    private static final int SLICES = 8;
    private static final int STRETCH = 4096;
    private static final long[][] TABLES = tables();
    private static final long[][] BEHIND = behind();
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long crc = -1;

    @Override
    public void update(int octet) {
        crc = TABLES[0][(int) (crc ^ octet) & 0xFF] ^ crc >>> 8;
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        long state = crc;
        for (; end - at >= 2 * STRETCH; at += 2 * STRETCH) {
            state = twoStretches(state, bytes, at);
        }
        for (; end - at >= SLICES; at += SLICES) {
            state = step(state ^ (long) LITTLE_ENDIAN.get(bytes, at));
        }
        for (; at < end; at++) {
            state = TABLES[0][(int) (state ^ bytes[at]) & 0xFF] ^ state >>> 8;
        }
        crc = state;
    }

    private static long twoStretches(long state, byte[] bytes, int from) {
        long first = state;
        long second = 0;
        for (int at = from; at < from + STRETCH; at += SLICES) {
            first = step(first ^ (long) LITTLE_ENDIAN.get(bytes, at));
            second = step(second ^ (long) LITTLE_ENDIAN.get(bytes, at + STRETCH));
        }
        for (int octet = 0; octet < SLICES; octet++) {
            second ^= BEHIND[octet][(int) (first >>> Byte.SIZE * octet) & 0xFF];
        }
        return second;
    }

    private static long step(long word) {
        return TABLES[7][(int) word & 0xFF]
                ^ TABLES[6][(int) (word >>> 8) & 0xFF]
                ^ TABLES[5][(int) (word >>> 16) & 0xFF]
                ^ TABLES[4][(int) (word >>> 24) & 0xFF]
                ^ TABLES[3][(int) (word >>> 32) & 0xFF]
                ^ TABLES[2][(int) (word >>> 40) & 0xFF]
                ^ TABLES[1][(int) (word >>> 48) & 0xFF]
                ^ TABLES[0][(int) (word >>> 56)];
    }

    @Override
    public long getValue() {
        return ~crc;
    }

    @Override
    public void reset() {
        crc = -1;
    }

    private static long[][] tables() {
        var tables = new long[SLICES][256];
        for (int octet = 0; octet < 256; octet++) {
            long value = octet;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ POLYNOMIAL;
            }
            tables[0][octet] = value;
        }
        for (int slice = 1; slice < SLICES; slice++) {
            for (int octet = 0; octet < 256; octet++) {
                long before = tables[slice - 1][octet];
                tables[slice][octet] = tables[0][(int) before & 0xFF] ^ before >>> 8;
            }
        }
        return tables;
    }

    /// What each octet of a state has become a stretch of zeros later.
    private static long[][] behind() {
        var behind = new long[SLICES][256];
        for (int slice = 0; slice < SLICES; slice++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                long state = 1L << Byte.SIZE * slice + bit;
                for (int at = 0; at < STRETCH; at += SLICES) {
                    state = step(state);
                }
                for (int octet = 0; octet < 1 << bit; octet++) {
                    behind[slice][octet | 1 << bit] = behind[slice][octet] ^ state;
                }
            }
        }
        return behind;
    }
}
