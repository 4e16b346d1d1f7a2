package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.services.iam.Entity.Name;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Certificates for servers, checked against their keys.
final class ServerCertificates implements Iam {
    private final Kernel kernel;
    private final Documented documented;
    private final Shelf<TlsCertificate> certificates;
    private final Pages pages;

    ServerCertificates(Kernel kernel, Documented documented) {
        this.kernel = kernel;
        this.documented = documented;
        this.certificates = documented.certificates();
        this.pages = new Pages(kernel);
    }

    @Override
    public UploadServerCertificateResponse uploadServerCertificate(UploadServerCertificateRequest in) {
        var tags = Tagging.read(in.tags());
        X509Certificate certificate = Pem.certificate(in.certificateBody())
                .orElseThrow(() -> MALFORMED_CERTIFICATE_EXCEPTION.because(
                        "Unable to parse certificate. Please ensure the certificate is in PEM format."));
        PrivateKey key = Pem.key(in.privateKey())
                .orElseThrow(() -> MALFORMED_CERTIFICATE_EXCEPTION.because(
                        "Unable to parse key; the body is encrypted or malformed."));
        if (!Pem.fits(key, certificate)) {
            throw KEY_PAIR_MISMATCH_EXCEPTION.because("Key pair mismatch: private key does not match the certificate");
        }
        var made = new TlsCertificate(
                new Name(in.path().orElse("/"), in.serverCertificateName()),
                new KeyIds(kernel.ids(), kernel.tokens()).unique("ASCA"),
                Moment.now(kernel),
                certificate.getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS),
                in.certificateBody(),
                in.certificateChain());
        if (!certificates.create(made, tags)) {
            throw Refusals.exists(
                    "The Server Certificate with name " + in.serverCertificateName() + " already exists.");
        }
        return new UploadServerCertificateResponse()
                .serverCertificateMetadata(metadata(made))
                .tags(Tagging.wire(tags));
    }

    private static ServerCertificateMetadata metadata(TlsCertificate certificate) {
        return new ServerCertificateMetadata()
                .path(certificate.name().path())
                .serverCertificateName(certificate.name().text())
                .arn(Directory.arn("server-certificate" + certificate.name().wire()))
                .serverCertificateId(certificate.uniqueId())
                .uploadDate(certificate.uploaded())
                .expiration(certificate.expires());
    }

    @Override
    public GetServerCertificateResponse getServerCertificate(GetServerCertificateRequest in) {
        TlsCertificate found = documented.certificate(in.serverCertificateName());
        return new GetServerCertificateResponse()
                .serverCertificate(new ServerCertificate()
                        .serverCertificateMetadata(metadata(found))
                        .certificateBody(found.body())
                        .certificateChain(found.chain())
                        .tags(Tagging.wire(certificates.tags(found.id()))));
    }

    @Override
    public ListServerCertificatesResponse listServerCertificates(ListServerCertificatesRequest in) {
        String prefix = in.pathPrefix().orElse("/");
        List<TlsCertificate> found = certificates
                .all()
                .filter(each -> each.name().path().startsWith(prefix))
                .toList();
        var out = new ListServerCertificatesResponse();
        return out.serverCertificateMetadataList(pages.of(in, out, found).stream()
                .map(ServerCertificates::metadata)
                .toList());
    }

    @Override
    public UpdateServerCertificateResponse updateServerCertificate(UpdateServerCertificateRequest in) {
        TlsCertificate found = documented.certificate(in.serverCertificateName());
        String name = in.newServerCertificateName().orElse(found.name().text());
        boolean taken = !Entity.id(name).equals(found.id())
                && certificates.find(Entity.id(name)).isPresent();
        if (taken) {
            throw Refusals.exists("The Server Certificate with name " + name + " already exists.");
        }
        var tags = certificates.tags(found.id());
        certificates.remove(found.id());
        certificates.create(
                found.named(new Name(in.newPath().orElse(found.name().path()), name)), tags);
        return new UpdateServerCertificateResponse();
    }

    @Override
    public DeleteServerCertificateResponse deleteServerCertificate(DeleteServerCertificateRequest in) {
        certificates.remove(documented.certificate(in.serverCertificateName()).id());
        return new DeleteServerCertificateResponse();
    }
}
