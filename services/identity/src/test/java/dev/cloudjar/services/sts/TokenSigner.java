package dev.cloudjar.services.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloudjar.kernel.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/// A key of a provider of OpenID Connect, which signs tokens and is published.
record TokenSigner(KeyPair pair) {
    static TokenSigner generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return new TokenSigner(generator.generateKeyPair());
    }

    /// The public key as a JSON web key.
    Map<String, String> published() {
        var point = ((ECPublicKey) pair.getPublic()).getW();
        return Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "kid",
                "one",
                "x",
                number(point.getAffineX()),
                "y",
                number(point.getAffineY()));
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A token with these claims, whose header says that it is signed by `algorithm`; in truth it is by ES256.
    String token(Map<String, Object> claims, String algorithm) throws GeneralSecurityException {
        String text = encoded(Json.write(Map.of("alg", algorithm, "kid", "one")).getBytes(UTF_8))
                + '.'
                + encoded(Json.write(claims).getBytes(UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        signature.update(text.getBytes(UTF_8));
        return text + '.' + encoded(signature.sign());
    }
}
