package dev.cloudjar.kernel.checksum;

import java.nio.ByteBuffer;

/// The CRC of two stretches of bytes one after the other, from the CRC of each: so a whole object has a
/// checksum though its parts arrived in any order.
///
/// Appending zeros to bytes is a linear map of their CRC; a stretch of n zeros is made of those of powers of
/// two.
public final class CrcSum {
    private CrcSum() {}

    /// The CRC by `algorithm` of bytes with the CRC `first`, followed by `length` bytes with the CRC `second`.
    public static byte[] of(Hashing algorithm, byte[] first, byte[] second, long length) {
        long polynomial = switch (algorithm) {
            case CRC32 -> 0xEDB88320L;
            case CRC32C -> 0x82F63B78L;
            case CRC64NVME -> 0x9A6C9329AC4BC9B5L;
            default -> throw new IllegalArgumentException(algorithm + " is no CRC");
        };
        int bits = algorithm.size() * Byte.SIZE;
        long sum = shifted(number(first), length, polynomial, bits) ^ number(second);
        ByteBuffer value = ByteBuffer.allocate(algorithm.size());
        return (bits == Long.SIZE ? value.putLong(sum) : value.putInt((int) sum)).array();
    }

    private static long number(byte[] value) {
        long number = 0;
        for (byte each : value) {
            number = number << Byte.SIZE | each & 0xFF;
        }
        return number;
    }

    /// `crc` after `length` zero bytes.
    private static long shifted(long crc, long length, long polynomial, int bits) {
        long[] step = bit(polynomial, bits);
        for (int i = 0; i < 3; i++) {
            step = squared(step);
        }
        long result = crc;
        for (long rest = length; rest > 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result = times(step, result);
            }
            step = squared(step);
        }
        return result;
    }

    /// The map of one zero bit, a column an input bit.
    private static long[] bit(long polynomial, int bits) {
        long[] map = new long[bits];
        map[0] = polynomial;
        for (int i = 1; i < bits; i++) {
            map[i] = 1L << i - 1;
        }
        return map;
    }

    private static long[] squared(long[] map) {
        long[] square = new long[map.length];
        for (int i = 0; i < map.length; i++) {
            square[i] = times(map, map[i]);
        }
        return square;
    }

    private static long times(long[] map, long vector) {
        long sum = 0;
        for (int i = 0; i < map.length; i++) {
            if ((vector >>> i & 1) != 0) {
                sum ^= map[i];
            }
        }
        return sum;
    }
}
