package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.iam.Possession.Key;
import dev.cloudjar.services.iam.Possession.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// X.509 certificates with which users sign.
final class SigningCertificates implements Iam {
    private static final String BODY = "body";

    private final Kernel kernel;
    private final Possessions possessions;
    private final Pages pages;

    SigningCertificates(Kernel kernel, Possessions possessions) {
        this.kernel = kernel;
        this.possessions = possessions;
        this.pages = new Pages(kernel);
    }

    private static String user(Optional<String> named) {
        return Caller.user(named)
                .orElseThrow(() ->
                        Refusals.VALIDATION.because("Must specify userName when calling with non-User credentials"));
    }

    private static AwsError missing(String id) {
        return Refusals.missing("The Certificate with id " + id + " cannot be found.");
    }

    private static SigningCertificate view(Possession held) {
        return new SigningCertificate()
                .userName(held.key().user())
                .certificateId(held.id())
                .certificateBody(held.fact(BODY))
                .status(held.status())
                .uploadDate(held.created());
    }

    @Override
    public UploadSigningCertificateResponse uploadSigningCertificate(UploadSigningCertificateRequest in) {
        String user = user(in.userName());
        if (Pem.certificate(in.certificateBody()).isEmpty()) {
            throw MALFORMED_CERTIFICATE_EXCEPTION.because("Certificate Body is invalid.");
        }
        boolean twice = possessions.of(user, Kind.CERTIFICATE).stream()
                .anyMatch(held -> held.fact(BODY).equals(in.certificateBody()));
        if (twice) {
            throw DUPLICATE_CERTIFICATE_EXCEPTION.because("The certificate is already associated with this user.");
        }
        String id = kernel.ids().hex("", 32).toUpperCase(Locale.ROOT);
        return new UploadSigningCertificateResponse()
                .certificate(view(possessions.give(user, Kind.CERTIFICATE, id, Map.of(BODY, in.certificateBody()))));
    }

    @Override
    public ListSigningCertificatesResponse listSigningCertificates(ListSigningCertificatesRequest in) {
        var out = new ListSigningCertificatesResponse();
        var held = possessions.ofExisting(user(in.userName()), Kind.CERTIFICATE);
        return out.certificates(
                pages.of(in, out, held).stream().map(SigningCertificates::view).toList());
    }

    @Override
    public UpdateSigningCertificateResponse updateSigningCertificate(UpdateSigningCertificateRequest in) {
        possessions.change(
                new Key(user(in.userName()), Kind.CERTIFICATE, in.certificateId()),
                held -> held.active(in.status().equals("Active")),
                () -> missing(in.certificateId()));
        return new UpdateSigningCertificateResponse();
    }

    @Override
    public DeleteSigningCertificateResponse deleteSigningCertificate(DeleteSigningCertificateRequest in) {
        possessions.take(
                new Key(user(in.userName()), Kind.CERTIFICATE, in.certificateId()), () -> missing(in.certificateId()));
        return new DeleteSigningCertificateResponse();
    }
}
