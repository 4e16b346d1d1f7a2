package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;

/// SigV4a's keys: a P-256 key derived from the secret by the counter-mode function of NIST SP 800-108.
final class EcKeys {
    private static final String LABEL = "AWS4-ECDSA-P256-SHA256";
    private static final int LAST_COUNTER = 254;
    private static final ECParameterSpec P256 = p256();
    private static final BigInteger PRIME = ((ECFieldFp) P256.getCurve().getField()).getP();
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private EcKeys() {}

    static ECParameterSpec curve() {
        return P256;
    }

    static BigInteger privateKey(String secret, String accessKeyId) {
        byte[] key = ("AWS4A" + secret).getBytes(StandardCharsets.UTF_8);
        byte[] label = LABEL.getBytes(StandardCharsets.UTF_8);
        byte[] id = accessKeyId.getBytes(StandardCharsets.UTF_8);
        BigInteger limit = P256.getOrder().subtract(BigInteger.TWO);
        for (int counter = 1; counter <= LAST_COUNTER; counter++) {
            byte[] input = ByteBuffer.allocate(4 + label.length + 1 + id.length + 1 + 4)
                    .putInt(1)
                    .put(label)
                    .put((byte) 0)
                    .put(id)
                    .put((byte) counter)
                    .putInt(256)
                    .array();
            var candidate = new BigInteger(1, Digests.hmacSha256(key).doFinal(input));
            if (candidate.compareTo(limit) <= 0) {
                return candidate.add(BigInteger.ONE);
            }
        }
        throw new IllegalStateException("No key can be derived");
    }

    static PublicKey publicKey(BigInteger privateKey) {
        ECPoint sum = ECPoint.POINT_INFINITY;
        for (int bit = privateKey.bitLength() - 1; bit >= 0; bit--) {
            sum = twice(sum);
            if (privateKey.testBit(bit)) {
                sum = add(sum, P256.getGenerator());
            }
        }
        try {
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(sum, P256));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ECPoint twice(ECPoint point) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return point;
        }
        BigInteger x = point.getAffineX();
        BigInteger slope = x.multiply(x)
                .multiply(THREE)
                .add(P256.getCurve().getA())
                .multiply(point.getAffineY().shiftLeft(1).modInverse(PRIME));
        return chord(slope, point, x);
    }

    private static ECPoint add(ECPoint left, ECPoint right) {
        if (left.equals(ECPoint.POINT_INFINITY)) {
            return right;
        }
        if (left.equals(right)) {
            return twice(left);
        }
        BigInteger run = right.getAffineX().subtract(left.getAffineX()).mod(PRIME);
        if (run.signum() == 0) {
            return ECPoint.POINT_INFINITY;
        }
        BigInteger slope = right.getAffineY().subtract(left.getAffineY()).multiply(run.modInverse(PRIME));
        return chord(slope, left, right.getAffineX());
    }

    private static ECPoint chord(BigInteger slope, ECPoint point, BigInteger otherX) {
        BigInteger x = slope.multiply(slope)
                .subtract(point.getAffineX())
                .subtract(otherX)
                .mod(PRIME);
        BigInteger y = slope.multiply(point.getAffineX().subtract(x))
                .subtract(point.getAffineY())
                .mod(PRIME);
        return new ECPoint(x, y);
    }

    private static ECParameterSpec p256() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
