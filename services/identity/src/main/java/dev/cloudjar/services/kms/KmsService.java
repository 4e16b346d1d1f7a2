package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.Blob;
import java.util.List;

/// AWS KMS.
public final class KmsService implements Service, Kms {
    static final String ID = "kms";

    private final Kernel kernel;

    public KmsService(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public List<Api> parts() {
        return List.of(this);
    }

    @Override
    public GenerateRandomResponse generateRandom(GenerateRandomRequest in) {
        if (in.recipient().isPresent()) {
            throw Api.notImplemented(SCHEMA.operation("GenerateRandom").orElseThrow());
        }
        int bytes = in.numberOfBytes()
                .orElseThrow(() -> Refusals.INVALID.because("NumberOfBytes is required to generate random data."));
        return new GenerateRandomResponse().plaintext(Blob.of(kernel.ids().bytes(bytes)));
    }
}
