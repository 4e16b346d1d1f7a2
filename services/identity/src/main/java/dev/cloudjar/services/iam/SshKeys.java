package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.kernel.policy.KeyIds;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.iam.Possession.Key;
import dev.cloudjar.services.iam.Possession.Kind;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// SSH keys of users, which CodeCommit knows them by. Keys are RSA, as IAM wants them.
final class SshKeys implements Iam {
    private static final String BODY = "body";
    private static final int PEM_LINE = 64;

    private final Kernel kernel;
    private final Possessions possessions;
    private final Pages pages;

    SshKeys(Kernel kernel, Possessions possessions) {
        this.kernel = kernel;
        this.possessions = possessions;
        this.pages = new Pages(kernel);
    }

    private static AwsError missing(String id) {
        return Refusals.missing("The Public Key with id " + id + " cannot be found.");
    }

    @Override
    public UploadSSHPublicKeyResponse uploadSshPublicKey(UploadSSHPublicKeyRequest in) {
        String body = in.sshPublicKeyBody().strip();
        byte[] blob = blob(body).orElseThrow(() -> INVALID_PUBLIC_KEY_EXCEPTION.because("The public key is invalid."));
        boolean twice = possessions.ofExisting(in.userName(), Kind.SSH_KEY).stream()
                .anyMatch(held -> held.fact("fingerprint").equals(fingerprint(blob)));
        if (twice) {
            throw DUPLICATE_SSH_PUBLIC_KEY_EXCEPTION.because("The public key is already associated with this user.");
        }
        String id = new KeyIds(kernel.ids(), kernel.tokens()).key("APKA");
        Possession held =
                possessions.give(in.userName(), Kind.SSH_KEY, id, Map.of(BODY, body, "fingerprint", fingerprint(blob)));
        return new UploadSSHPublicKeyResponse().sshPublicKey(view(held, body));
    }

    private static SSHPublicKey view(Possession held, String body) {
        return new SSHPublicKey()
                .userName(held.key().user())
                .sshPublicKeyId(held.id())
                .fingerprint(held.fact("fingerprint"))
                .sshPublicKeyBody(body)
                .status(held.status())
                .uploadDate(held.created());
    }

    @Override
    public GetSSHPublicKeyResponse getSshPublicKey(GetSSHPublicKeyRequest in) {
        Possession held = possessions.ofExisting(in.userName(), Kind.SSH_KEY).stream()
                .filter(each -> each.id().equals(in.sshPublicKeyId()))
                .findFirst()
                .orElseThrow(() -> missing(in.sshPublicKeyId()));
        String body = in.encoding().equals("PEM") ? pem(held.fact(BODY)) : held.fact(BODY);
        return new GetSSHPublicKeyResponse().sshPublicKey(view(held, body));
    }

    @Override
    public ListSSHPublicKeysResponse listSshPublicKeys(ListSSHPublicKeysRequest in) {
        String user = Caller.user(in.userName()).orElse("");
        var out = new ListSSHPublicKeysResponse();
        return out.sshPublicKeys(pages.of(in, out, possessions.ofExisting(user, Kind.SSH_KEY)).stream()
                .map(held -> new SSHPublicKeyMetadata()
                        .userName(user)
                        .sshPublicKeyId(held.id())
                        .status(held.status())
                        .uploadDate(held.created()))
                .toList());
    }

    @Override
    public UpdateSSHPublicKeyResponse updateSshPublicKey(UpdateSSHPublicKeyRequest in) {
        possessions.change(
                new Key(in.userName(), Kind.SSH_KEY, in.sshPublicKeyId()),
                held -> held.active(in.status().equals("Active")),
                () -> missing(in.sshPublicKeyId()));
        return new UpdateSSHPublicKeyResponse();
    }

    @Override
    public DeleteSSHPublicKeyResponse deleteSshPublicKey(DeleteSSHPublicKeyRequest in) {
        possessions.take(new Key(in.userName(), Kind.SSH_KEY, in.sshPublicKeyId()), () -> missing(in.sshPublicKeyId()));
        return new DeleteSSHPublicKeyResponse();
    }

    /// The key of RFC 4253 in `ssh-rsa AAAA…`.
    private static Optional<byte[]> blob(String body) {
        String[] words = body.split("\\s+");
        if (words.length < 2 || !words[0].equals("ssh-rsa")) {
            return Optional.empty();
        }
        try {
            byte[] blob = Base64.getDecoder().decode(words[1]);
            ByteBuffer parts = ByteBuffer.wrap(blob);
            boolean rsa = new String(part(parts), StandardCharsets.US_ASCII).equals("ssh-rsa");
            part(parts);
            return rsa && part(parts).length >= PEM_LINE ? Optional.of(blob) : Optional.empty();
        } catch (IllegalArgumentException | BufferUnderflowException unreadable) {
            return Optional.empty();
        }
    }

    private static byte[] part(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("a part that is longer than the whole");
        }
        byte[] part = new byte[length];
        from.get(part);
        return part;
    }

    private static String fingerprint(byte[] blob) {
        return HexFormat.ofDelimiter(":").formatHex(Digests.md5().digest(blob));
    }

    private static String pem(String body) {
        ByteBuffer parts = ByteBuffer.wrap(blob(body).orElseThrow());
        part(parts);
        var exponent = new BigInteger(1, part(parts));
        var modulus = new BigInteger(1, part(parts));
        try {
            byte[] key = KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(modulus, exponent))
                    .getEncoded();
            String text = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(key);
            return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
