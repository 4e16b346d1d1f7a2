package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;

/// The shelves of what proves something: MFA devices, identity providers, server certificates.
record Documented(Shelf<Device> devices, Shelf<Provider> providers, Shelf<TlsCertificate> certificates) {
    static Documented of(Kernel kernel) {
        return new Documented(
                kernel.shelf(Device.KIND), kernel.shelf(Provider.KIND), kernel.shelf(TlsCertificate.KIND));
    }

    Provider provider(String arn) {
        return providers.get(arn);
    }

    TlsCertificate certificate(String name) {
        return certificates
                .find(Entity.id(name))
                .filter(found -> found.name().text().equals(name))
                .orElseThrow(() -> TlsCertificate.KIND.missing().apply(name));
    }
}
