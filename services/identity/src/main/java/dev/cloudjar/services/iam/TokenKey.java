package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Blob;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// A key that signs web identity tokens by one algorithm; its private half is sealed.
record TokenKey(String id, String algorithm, Blob sealed, Blob open) {
    private static final int BITS = 2048;
    private static final int COORDINATE = 48;

    /// A new key for `RS256` or `ES384`.
    static TokenKey generate(Kernel kernel, String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(family(algorithm));
            if (isRsa(algorithm)) {
                generator.initialize(BITS);
            } else {
                generator.initialize(new ECGenParameterSpec("secp384r1"));
            }
            KeyPair pair = generator.generateKeyPair();
            String id = kernel.ids().uuid();
            Blob sealed = kernel.vault().seal(id, Blob.of(pair.getPrivate().getEncoded()));
            return new TokenKey(id, algorithm, sealed, Blob.of(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static boolean isRsa(String algorithm) {
        return algorithm.startsWith("RS");
    }

    private static String family(String algorithm) {
        return isRsa(algorithm) ? "RSA" : "EC";
    }

    byte[] sign(Kernel kernel, byte[] content) {
        try {
            byte[] secret = kernel.vault().open(id, sealed).bytes();
            PrivateKey key = KeyFactory.getInstance(family(algorithm)).generatePrivate(new PKCS8EncodedKeySpec(secret));
            Signature signature =
                    Signature.getInstance(isRsa(algorithm) ? "SHA256withRSA" : "SHA384withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /// The public half as a JSON web key.
    Map<String, String> published() {
        var members = new LinkedHashMap<String, String>();
        members.put("kid", id);
        members.put("use", "sig");
        members.put("alg", algorithm);
        members.put("kty", family(algorithm));
        PublicKey key = publicKey();
        if (key instanceof RSAPublicKey rsa) {
            members.put("n", number(rsa.getModulus(), BITS / 8));
            members.put("e", number(rsa.getPublicExponent(), 3));
        }
        if (key instanceof ECPublicKey curve) {
            members.put("crv", "P-384");
            members.put("x", number(curve.getW().getAffineX(), COORDINATE));
            members.put("y", number(curve.getW().getAffineY(), COORDINATE));
        }
        return members;
    }

    private PublicKey publicKey() {
        try {
            return KeyFactory.getInstance(family(algorithm)).generatePublic(new X509EncodedKeySpec(open.bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key is not one for " + algorithm, e);
        }
    }

    private static String number(BigInteger value, int length) {
        byte[] digits = value.toByteArray();
        byte[] fixed = new byte[length];
        int from = Math.max(0, digits.length - length);
        System.arraycopy(digits, from, fixed, length - (digits.length - from), digits.length - from);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }
}
