package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.services.s3.Contents.Arrived;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The encryption of objects that are there, changed without anything else about them changing: neither when they
/// were written nor what identifies them.
final class Resealing implements S3 {
    private final Kernel kernel;
    private final Objects objects;
    private final Contents contents;
    private final Encrypting encrypting;
    private final Reading reading;

    Resealing(Parts parts, Reading reading) {
        this.kernel = parts.kernel();
        this.objects = parts.objects();
        this.contents = parts.contents();
        this.encrypting = parts.encrypting();
        this.reading = reading;
    }

    @Override
    @OutsideTransaction
    public UpdateObjectEncryptionResponse updateObjectEncryption(UpdateObjectEncryptionRequest in) {
        var asked = new Asked(in);
        SSEKMSEncryption wanted = in.objectEncryption().ssekms().orElseThrow(Refusals::malformedXml);
        Reading.Seen seen = reading.see(asked, "PUT");
        Seal old = seen.version().content().seal().orElse(Seal.MANAGED);
        if (old.isCustomers() || old.algorithm().equals(Seal.DSSE)) {
            throw Refusals.request("The encryption of objects with SSE-C or DSSE-KMS cannot be updated.");
        }
        var put = new PutObjectRequest()
                .serverSideEncryption(Seal.KMS)
                .ssekmsKeyId(wanted.kmsKeyArn())
                .bucketKeyEnabled(wanted.bucketKeyEnabled().orElse(false));
        Encrypting.Chosen chosen = encrypting.choose(seen.bucket(), in.key(), new Asked(put));
        reseal(seen, encrypting.opening(seen.version().content(), asked, ""), chosen);
        return new UpdateObjectEncryptionResponse();
    }

    private void reseal(Reading.Seen seen, Optional<Cipher> old, Encrypting.Chosen chosen) {
        List<Arrived> arrivals = new ArrayList<>();
        try {
            Content content = seen.version().content();
            List<StoredPart> parts = new ArrayList<>();
            for (StoredPart part : seen.parts()) {
                arrivals.add(encrypted(part.stored(), part.size(), old, chosen));
                parts.add(part.with(arrivals.getLast().stored()));
            }
            Content sealed = content.sealed(chosen.seal());
            if (!content.isInParts()) {
                arrivals.add(encrypted(content.stored(), content.size(), old, chosen));
                sealed = sealed.with(arrivals.getLast().stored());
            }
            Version changed = seen.version().with(sealed);
            kernel.transact(() -> {
                if (objects.versions()
                        .find(changed.key())
                        .filter(seen.version()::equals)
                        .isEmpty()) {
                    throw Refusals.of(
                            "OperationAborted",
                            409,
                            "A conflicting conditional operation is currently in progress against this resource. Please"
                                    + " try again.");
                }
                parts.forEach(objects.parts()::put);
                return objects.change(changed);
            });
        } finally {
            arrivals.forEach(Arrived::close);
        }
    }

    private Arrived encrypted(Content.Stored stored, long size, Optional<Cipher> old, Encrypting.Chosen chosen) {
        return contents.take(contents.open(stored, old, new Bytes(0, size)), Optional.empty(), chosen.cipher());
    }
}
