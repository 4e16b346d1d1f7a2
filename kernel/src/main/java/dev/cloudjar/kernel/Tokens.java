package dev.cloudjar.kernel;

import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Blob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Page tokens and other handles that clients carry about: opaque, bound to this world and to one purpose, of no
/// use when altered.
public final class Tokens {
    private static final int MARK = 12;

    private volatile SecretKeySpec secret;

    Tokens(Blob secret) {
        this.secret = new SecretKeySpec(secret.bytes(), "HmacSHA256");
    }

    /// From now on only tokens made with `other` are opened.
    void use(Blob other) {
        secret = new SecretKeySpec(other.bytes(), "HmacSHA256");
    }

    /// Another one after every [#use].
    Object edition() {
        return secret;
    }

    /// A page of a listing in the order of ids. `from` begins it at an id, or at its beginning; `listing` says
    /// of what it is, so that the tokens of another listing, operation, account or region are refused.
    public <V> Page<V> page(
            Paging paging, String listing, Function<Optional<String>, Stream<V>> from, Function<V, String> id) {
        Call call = Call.current();
        String scope = call.request().operation() + '/' + call.account() + '/' + call.region() + '/' + listing;
        Optional<String> start = paging.token().map(token -> open(scope, token).orElseThrow(paging.badToken()));
        List<V> found = from.apply(start).limit(paging.limit() + 1L).toList();
        return found.size() <= paging.limit()
                ? new Page<>(found, Optional.empty())
                : new Page<>(found.subList(0, paging.limit()), Optional.of(seal(scope, id.apply(found.getLast()))));
    }

    /// A token from which [#open] gets `content` back, for the same `scope` only. It begins with the content,
    /// which is text, and so never with a hyphen, which command lines would take for an option.
    public String seal(String scope, String content) {
        byte[] text = content.getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(text, text.length + MARK);
        System.arraycopy(mark(scope, text), 0, token, text.length, MARK);
        return spelled(token);
    }

    /// The content of a token that this world sealed for `scope`, or nothing.
    public Optional<String> open(String scope, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length < MARK) {
            return Optional.empty();
        }
        int end = bytes.length - MARK;
        byte[] text = Arrays.copyOf(bytes, end);
        boolean ours = MessageDigest.isEqual(mark(scope, text), Arrays.copyOfRange(bytes, end, bytes.length));
        // Base64 has several spellings of some bytes; a token has one.
        return ours && spelled(bytes).equals(token)
                ? Optional.of(new String(text, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static String spelled(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private byte[] mark(String scope, byte[] text) {
        Mac mac = Digests.hmac(secret);
        mac.update(scope.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return Arrays.copyOf(mac.doFinal(text), MARK);
    }
}
