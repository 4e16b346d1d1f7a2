package dev.cloudjar.wire.auth;

import java.time.Instant;
import java.util.List;

/// What can be wrong with how a request is signed. A [Wording] says it as a service would.
sealed interface Flaw {
    /// No signature and no token.
    record Unsigned() implements Flaw {}

    /// A header and a presigned URL at once.
    record TwoSignatures(String authorization) implements Flaw {}

    /// An `Authorization` of a kind that AWS does not read.
    record UnknownScheme(String authorization) implements Flaw {}

    /// Something in the header that is not `key=value`.
    record NotKeyValue(String part, String authorization) implements Flaw {}

    /// Parts of the header that are not there, of `Credential`, `Signature`, `SignedHeaders` and `X-Amz-Date`.
    record MissingParts(List<String> parts, String authorization) implements Flaw {}

    /// Parameters of a presigned URL that are not there.
    record MissingParameters(List<String> parameters) implements Flaw {}

    record BadAlgorithm(String algorithm) implements Flaw {}

    record BadCredential(String credential, boolean presigned) implements Flaw {}

    record BadDate(String date, boolean presigned) implements Flaw {}

    record BadExpires(String expires) implements Flaw {}

    record WrongTerminator(String given, boolean presigned) implements Flaw {}

    record WrongService(String given, String expected, boolean presigned) implements Flaw {}

    record WrongRegion(String given, String expected, boolean presigned) implements Flaw {}

    /// The day of the credential scope is not that of the signing time.
    record WrongDay(String scopeDate, String timestamp, boolean presigned) implements Flaw {}

    /// Signed too long ago, or too far ahead.
    record Skewed(Instant at, Instant now) implements Flaw {}

    /// A presigned URL after its time.
    record Expired(Instant at, long seconds, Instant now) implements Flaw {}

    record UnknownKey(String accessKeyId) implements Flaw {}

    /// A token that is not the key's.
    record WrongToken(String token) implements Flaw {}

    record ExpiredToken(String token) implements Flaw {}

    /// Headers that must be signed and are not.
    record UnsignedHeaders(List<String> headers) implements Flaw {}

    /// `canonicalRequest` is empty where there is none, as for a chunk or a form.
    record WrongSignature(String accessKeyId, String signature, String stringToSign, String canonicalRequest)
            implements Flaw {}

    /// Too many wrong signatures before this one.
    record TooManyGuesses() implements Flaw {}

    record MissingPayloadHash() implements Flaw {}

    record BadPayloadHash(String given) implements Flaw {}
}
