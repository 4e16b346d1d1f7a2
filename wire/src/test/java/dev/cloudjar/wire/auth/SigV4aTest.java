package dev.cloudjar.wire.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A request signed for many regions with the elliptic-curve key that its secret gives.
class SigV4aTest {
    private static final String SCOPE = "20150830/service/aws4_request";
    private static final Endpoint ENDPOINT = Samples.plain("service", Protocol.AWS_JSON_1_0);
    private final Authenticator authenticator = new Authenticator(Samples.KEYS, CredentialRules.STRICT);

    /// The key pair that AWS publishes for its implementations of SigV4a.
    @Test
    void keysAreDerivedAsAwsDoes() {
        BigInteger secret = EcKeys.privateKey("q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom", "AKISORANDOMAASORANDOM");
        ECPublicKey key = (ECPublicKey) EcKeys.publicKey(secret);

        assertThat(key.getW().getAffineX().toString(16))
                .isEqualTo("15d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb");
        assertThat(key.getW().getAffineY().toString(16))
                .isEqualTo("515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0");
    }

    @Test
    void aSignatureForSeveralRegionsIsBelieved() throws Exception {
        HttpRequest request = signed("us-west-2,eu-west-1", "us-west-2,eu-west-1");

        Authenticated answer = authenticator.authenticate(request, ENDPOINT, Samples.NOW);

        assertThat(answer.identity())
                .isEqualTo(new Identity.Signed(
                        Samples.ID, Optional.empty(), Optional.of("us-west-2"), "service", Optional.empty(), false));
    }

    @Test
    void anotherRegionSetIsNotWhatWasSigned() throws Exception {
        assertRefused(signed("us-west-2", "*"), ENDPOINT, "InvalidSignatureException");
    }

    @Test
    void theHostsRegionMustBeInTheSet() throws Exception {
        Endpoint frankfurt = new Endpoint(ENDPOINT.operation(), ENDPOINT.protocol(), Optional.of("eu-central-1"));
        authenticator.authenticate(signed("eu-*", "eu-*"), frankfurt, Samples.NOW);

        assertRefused(signed("us-*", "us-*"), frankfurt, "InvalidSignatureException");
    }

    @Test
    void rubbishForASignatureIsRefused() throws Exception {
        HttpRequest request = signed("*", "*");
        authenticator.authenticate(request, ENDPOINT, Samples.NOW);
        String authorization = request.headers().get("Authorization").orElseThrow();
        request.headers().set("Authorization", authorization.substring(0, authorization.length() - 3) + "zz");

        assertRefused(request, ENDPOINT, "InvalidSignatureException");
    }

    private void assertRefused(HttpRequest request, Endpoint endpoint, String code) {
        assertThatThrownBy(() -> authenticator.authenticate(request, endpoint, Samples.NOW))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code().code()).isEqualTo(code));
    }

    private static HttpRequest signed(String signedRegions, String sentRegions)
            throws GeneralSecurityException, IOException {
        String payload = Digests.sha256Hex("{}".getBytes(StandardCharsets.UTF_8));
        String canonical = "POST\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\nx-amz-region-set:"
                + signedRegions + "\n\nhost;x-amz-date;x-amz-region-set\n" + payload;
        String stringToSign = "AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n" + SCOPE + "\n"
                + Digests.sha256Hex(canonical.getBytes(StandardCharsets.UTF_8));
        BigInteger secret = EcKeys.privateKey(Samples.SECRET, Samples.ID);
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(secret, EcKeys.curve())));
        signer.update(stringToSign.getBytes(StandardCharsets.UTF_8));
        Headers headers = Headers.of(
                "Host",
                "example.amazonaws.com",
                "X-Amz-Date",
                "20150830T123600Z",
                "X-Amz-Region-Set",
                sentRegions,
                "Authorization",
                "AWS4-ECDSA-P256-SHA256 Credential=" + Samples.ID + "/" + SCOPE
                        + ", SignedHeaders=host;x-amz-date;x-amz-region-set, Signature="
                        + Digests.hex(signer.sign()));
        return Samples.request("POST", "/", "", headers, Samples.bytes("{}"));
    }
}
