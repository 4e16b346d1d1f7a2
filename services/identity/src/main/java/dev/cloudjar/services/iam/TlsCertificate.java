package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.services.iam.Entity.Name;
import java.time.Instant;
import java.util.Optional;

/// A certificate for servers, with its chain. The private key was checked when it came and is not kept: IAM
/// never gives it back.
record TlsCertificate(
        Name name, String uniqueId, Instant uploaded, Instant expires, String body, Optional<String> chain)
        implements Resource {
    private static final int MOST = 20;

    static final Kind<TlsCertificate> KIND = Kind.of(
                    IamService.ID,
                    "server-certificate",
                    TlsCertificate.class,
                    name -> Refusals.missing("The Server Certificate with name " + name + " cannot be found."))
            .arn(name -> "server-certificate/" + name)
            .quota(MOST, () -> Refusals.overQuota("ServerCertificatesPerAccount", MOST))
            .in(Scope.ACCOUNT);

    @Override
    public String id() {
        return Entity.id(name.text());
    }

    TlsCertificate named(Name other) {
        return new TlsCertificate(other, uniqueId, uploaded, expires, body, chain);
    }
}
