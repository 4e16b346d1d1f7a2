package dev.cloudjar.wire.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.Body;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.tls.LocalCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS on the same port, with certificates that a client accepts once it trusts the local authority.
@Timeout(120)
class TlsTest {
    @TempDir
    private Path directory;

    private LocalCa authority;

    @BeforeEach
    void makeAuthority() throws IOException {
        authority = LocalCa.open(directory.resolve("ca"), InstantSource.system());
    }

    private OpenDoor door() throws IOException {
        return OpenDoor.with(
                settings -> settings.withTls(authority),
                request -> HttpResponse.of(
                        200,
                        "text/plain",
                        request.path() + request.host() + request.peer().secure()));
    }

    private SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("ca", authority.certificate());
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private HttpClient client(Version version) throws GeneralSecurityException, IOException {
        return HttpClient.newBuilder().version(version).sslContext(trusting()).build();
    }

    private static HttpRequest get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).build();
    }

    @Test
    void theClientChoosesBetweenHttp2AndHttp1() throws Exception {
        try (var door = door()) {
            for (Version version : Version.values()) {
                if (version == Version.HTTP_1_1 || version == Version.HTTP_2) {
                    try (var client = client(version)) {
                        String host = "localhost:" + door.port();
                        var answer = client.send(get("https://" + host + "/x"), BodyHandlers.ofString());
                        assertThat(answer.version()).isEqualTo(version);
                        assertThat(answer.body()).isEqualTo("/x" + host + "true");
                    }
                }
            }
        }
    }

    @Test
    void plainHttpGoesOnBesideTls() throws Exception {
        try (var door = door();
                var plain = door.connect()) {
            assertThat(plain.get("/x").text()).isEqualTo("/xherefalse");
        }
    }

    @Test
    void anAddressIsAsGoodAsAName() throws Exception {
        try (var door = door();
                var client = client(Version.HTTP_2)) {
            var answer = client.send(get("https://127.0.0.1:" + door.port() + "/"), BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientThatDoesNotTrustTheAuthorityIsNotServed() throws Exception {
        try (var door = door();
                var client = HttpClient.newHttpClient()) {
            var request = get("https://localhost:" + door.port() + "/");
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void everyNameThatIsAskedForGetsACertificate() throws Exception {
        try (var door = door()) {
            for (String name : List.of(
                    "sqs.us-east-1.localhost.localstack.cloud",
                    "my-bucket.s3.eu-west-1.amazonaws.com",
                    "api.example.com",
                    "app.localhost")) {
                assertThat(namesShownTo(name, door.port())).as(name).contains(name);
            }
            assertThat(namesShownTo("bucket.s3.localhost", door.port())).contains("*.s3.localhost");
            assertThat(namesShownTo("a.s3.localhost.localstack.cloud", door.port()))
                    .contains("*.s3.localhost.localstack.cloud");
        }
    }

    private List<String> namesShownTo(String name, int port) throws GeneralSecurityException, IOException {
        try (var socket =
                (SSLSocket) trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return leaf.getSubjectAlternativeNames().stream()
                    .map(each -> (String) each.get(1))
                    .toList();
        }
    }

    @Test
    void bodiesOfAnySizeComeBackWhole() throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(directory.resolve("file"), bytes);
        try (var door = OpenDoor.with(settings -> settings.withTls(authority), request -> {
            request.body().open().transferTo(java.io.OutputStream.nullOutputStream());
            return request.path().equals("/file")
                    ? new HttpResponse(200, new Headers(), Body.of(file, 0, bytes.length))
                    : new HttpResponse(200, new Headers(), Body.of(dev.cloudjar.model.Blob.of(bytes)));
        })) {
            for (Version version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
                try (var client = client(version)) {
                    for (String path : List.of("/file", "/bytes")) {
                        var request = HttpRequest.newBuilder(URI.create("https://localhost:" + door.port() + path))
                                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                                .build();
                        assertThat(client.send(request, BodyHandlers.ofByteArray())
                                        .body())
                                .isEqualTo(bytes);
                    }
                }
            }
        }
    }

    @Test
    void withoutKeysAHandshakeIsRefused() throws Exception {
        try (var door = OpenDoor.echo();
                var client = client(Version.HTTP_2)) {
            var request = get("https://localhost:" + door.port() + "/");
            assertThatThrownBy(() -> client.send(request, BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(door.failures()).isEmpty();
        }
    }

    @Test
    void bytesThatOnlyLookLikeTlsEndTheConnection() throws Exception {
        try (var door = door();
                var client = door.connect()) {
            client.send("\u0016\3\1\0\5nonsense and more nonsense");
            assertThat(client.in().readAllBytes().length).isLessThan(100);
            assertThat(door.failures()).isEmpty();
        }
    }
}
