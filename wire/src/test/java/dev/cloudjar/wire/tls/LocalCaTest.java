package dev.cloudjar.wire.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The local certificate authority: made once, kept secret, renewing what it issued.
class LocalCaTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(START);

    @TempDir
    private Path directory;

    @Test
    void theAuthorityIsMadeOnceAndKept() throws IOException {
        LocalCa first = LocalCa.open(directory, CLOCK);
        LocalCa again = LocalCa.open(directory, CLOCK);
        assertThat(again.certificate()).isEqualTo(first.certificate());
        assertThat(again.identity("localhost")).isEqualTo(first.identity("localhost"));
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Path kept = directory.resolve("new");
        LocalCa.open(kept, CLOCK);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void itsCertificateIsAnAuthoritysAndHoldsNoKey() throws Exception {
        LocalCa authority = LocalCa.open(directory, CLOCK);
        String pem = authority.certificatePem();
        assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----\n").doesNotContain("PRIVATE");
        var read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        assertThat(read).isEqualTo(authority.certificate());
        assertThat(read.getBasicConstraints()).isZero();
    }

    @Test
    void aLeafIsSignedByTheAuthorityAndNamesItsServer() throws Exception {
        LocalCa authority = LocalCa.open(directory, CLOCK);
        List<X509Certificate> chain = authority.identity("Api.Example.com").chain();
        chain.getFirst().verify(authority.certificate().getPublicKey());
        assertThat(chain.getLast()).isEqualTo(authority.certificate());
        assertThat(chain.getFirst().getSubjectAlternativeNames()).containsExactly(List.of(2, "api.example.com"));
        assertThat(chain.getFirst().getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void aNameIsIssuedOnceAndWhatIsNoNameGetsTheUsualOne() throws IOException {
        LocalCa authority = LocalCa.open(directory, CLOCK);
        assertThat(authority.identity("a.example")).isSameAs(authority.identity("A.EXAMPLE"));
        KeySource.Identity usual = authority.identity("");
        for (String name : List.of("localhost", "no spaces", "10.0.0.1", ".", "x".repeat(300), "b.s3.localhost")) {
            assertThat(authority.identity(name)).as(name).isSameAs(usual);
        }
    }

    @Test
    void leavesAreRenewedBeforeTheyExpire() throws IOException {
        var now = new Instant[] {START};
        LocalCa authority = LocalCa.open(directory, () -> now[0]);
        KeySource.Identity usual = authority.identity("localhost");
        KeySource.Identity named = authority.identity("a.example");
        now[0] = START.plus(Duration.ofDays(300));
        assertThat(authority.identity("localhost")).isSameAs(usual);
        assertThat(authority.identity("a.example")).isSameAs(named);
        now[0] = START.plus(Duration.ofDays(380));
        for (String name : List.of("localhost", "a.example")) {
            Instant end =
                    authority.identity(name).chain().getFirst().getNotAfter().toInstant();
            assertThat(end).isAfter(now[0].plus(Duration.ofDays(300)));
        }
        assertThat(LocalCa.open(directory, () -> now[0]).identity("localhost"))
                .isEqualTo(authority.identity("localhost"));
    }

    @Test
    void severalThatStartAtOnceAgreeOnOneAuthority() {
        List<CompletableFuture<X509Certificate>> opening = Stream.generate(
                        () -> CompletableFuture.supplyAsync(this::opened))
                .limit(8)
                .toList();
        assertThat(opening.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    }

    private X509Certificate opened() {
        try {
            return LocalCa.open(directory, CLOCK).certificate();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @Test
    void aKeptFileThatIsDamagedIsAnErrorThatNamesIt() throws IOException {
        LocalCa.open(directory, CLOCK);
        Files.writeString(directory.resolve("ca.pem"), "damaged");
        assertThatThrownBy(() -> LocalCa.open(directory, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ca.pem");
    }
}
