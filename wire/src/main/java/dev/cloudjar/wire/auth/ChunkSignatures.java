package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.AwsError;

/// The chain of signatures in a signed `aws-chunked` body: each covers its chunk and the signature before it, the
/// first of which is the request's own.
final class ChunkSignatures {
    private final Claim claim;
    private final Seal seal;
    private final Wording wording;
    private String previous;

    private ChunkSignatures(Claim claim, Seal seal, Wording wording) {
        this.claim = claim;
        this.seal = seal;
        this.wording = wording;
        this.previous = claim.signature();
    }

    static ChunkSignatures after(Claim claim, Seal seal, Wording wording) {
        return new ChunkSignatures(claim, seal, wording);
    }

    void checkChunk(byte[] sha256, String signature) {
        check(head("-PAYLOAD").add(Digests.EMPTY_SHA256).add('\n').add(Digests.hex(sha256)), signature);
    }

    /// `sha256` is that of the trailers, one `name:value` a line.
    void checkTrailers(byte[] sha256, String signature) {
        check(head("-TRAILER").add(Digests.hex(sha256)), signature);
    }

    AwsError unsigned() {
        return wording.refuse(new Flaw.WrongSignature(claim.scope().accessKeyId(), "", "", ""));
    }

    private ByteText head(String kind) {
        return new ByteText(384)
                .add(claim.algorithm().wire())
                .add(kind)
                .add('\n')
                .add(claim.timestamp())
                .add('\n')
                .add(claim.scope().text())
                .add('\n')
                .add(previous)
                .add('\n');
    }

    private void check(ByteText stringToSign, String signature) {
        if (!seal.matches(stringToSign.toBytes(), signature)) {
            throw wording.refuse(
                    new Flaw.WrongSignature(claim.scope().accessKeyId(), signature, stringToSign.toString(), ""));
        }
        previous = signature;
    }
}
