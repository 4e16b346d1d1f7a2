package dev.cloudjar.services.iam;

/// Reed-Solomon codes over the field of 256 elements that QR codes use.
final class ReedSolomon {
    private static final int POLYNOMIAL = 0x11D;

    private ReedSolomon() {}

    /// The codewords that correct errors in `data`.
    static byte[] remainder(byte[] data, int degree) {
        byte[] divisor = divisor(degree);
        byte[] rest = new byte[degree];
        for (byte each : data) {
            int factor = (each ^ rest[0]) & 0xFF;
            System.arraycopy(rest, 1, rest, 0, degree - 1);
            rest[degree - 1] = 0;
            for (int i = 0; i < degree; i++) {
                rest[i] ^= (byte) product(divisor[i] & 0xFF, factor);
            }
        }
        return rest;
    }

    /// The product of (x - 2^i) for all i below `degree`, without its leading one.
    private static byte[] divisor(int degree) {
        byte[] divisor = new byte[degree];
        divisor[degree - 1] = 1;
        int root = 1;
        for (int i = 0; i < degree; i++) {
            for (int j = 0; j < degree; j++) {
                int next = j + 1 < degree ? divisor[j + 1] : 0;
                divisor[j] = (byte) (product(divisor[j] & 0xFF, root) ^ next);
            }
            root = product(root, 2);
        }
        return divisor;
    }

    private static int product(int one, int other) {
        int product = 0;
        for (int bit = 7; bit >= 0; bit--) {
            product = product << 1 ^ (product >> 7) * POLYNOMIAL;
            product ^= (other >> bit & 1) * one;
        }
        return product;
    }
}
