package dev.cloudjar.services.sts;

import dev.cloudjar.kernel.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A JSON web token: its claims, and whether a key of a set signed it (RS256, RS384, RS512, ES256, ES384, ES512).
record Jwt(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims, String signed, byte[] seal) {
    /// The token that `text` is, if it is one.
    static Optional<Jwt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            var decoder = Base64.getUrlDecoder();
            var head = Json.object(new String(decoder.decode(parts[0]), StandardCharsets.UTF_8));
            var body = Json.object(new String(decoder.decode(parts[1]), StandardCharsets.UTF_8));
            return head.isEmpty() || body.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Jwt(head.get(), body.get(), parts[0] + '.' + parts[1], decoder.decode(parts[2])));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    String claim(String name) {
        return claims.get(name) instanceof String text ? text : "";
    }

    /// An audience may be one or many.
    List<String> audiences() {
        Object value = claims.get("aud");
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(value.toString());
    }

    /// Seconds since 1970, or nothing.
    Optional<Long> seconds(String name) {
        return claims.get(name) instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }

    /// Whether one of the keys of a JSON web key set, the one that the header names, made the signature.
    boolean isSignedBy(Map<String, @Nullable Object> keySet) {
        Object keys = keySet.get("keys");
        for (Object each : keys instanceof List<?> list ? list : List.of()) {
            if (each instanceof Map<?, ?> key && isNamed(key) && verifies(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean isNamed(Map<?, ?> key) {
        Object id = header.get("kid");
        return id == null || key.get("kid") == null || id.equals(key.get("kid"));
    }

    private boolean verifies(Map<?, ?> key) {
        String algorithm = String.valueOf(header.get("alg"));
        if (!algorithm.matches("(RS|ES)(256|384|512)")) {
            return false;
        }
        boolean rsa = algorithm.startsWith("RS");
        String name = "SHA" + algorithm.substring(2) + (rsa ? "withRSA" : "withECDSAinP1363Format");
        try {
            Signature check = Signature.getInstance(name);
            check.initVerify(rsa ? rsaKey(key) : ecKey(key));
            check.update(signed.getBytes(StandardCharsets.US_ASCII));
            return check.verify(seal);
        } catch (GeneralSecurityException | IllegalArgumentException unfit) {
            return false;
        }
    }

    private static PublicKey rsaKey(Map<?, ?> key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static PublicKey ecKey(Map<?, ?> key) throws GeneralSecurityException {
        String curve = String.valueOf(key.get("crv")).replace("P-", "secp") + "r1";
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        var point = new ECPoint(number(key, "x"), number(key, "y"));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger number(Map<?, ?> key, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(key.get(name))));
    }
}
