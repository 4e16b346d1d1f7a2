package dev.cloudjar.wire.auth;

import dev.cloudjar.kernel.checksum.Hashing;
import dev.cloudjar.model.AwsError;

/// What AWS answers to a body that is not what its headers promised.
final class BodyFault {
    private BodyFault() {}

    static AwsError incomplete() {
        return S3Error.of(
                        "IncompleteBody",
                        400,
                        "You did not provide the number of bytes specified by the Content-Length HTTP header")
                .toError();
    }

    static AwsError terminated() {
        return S3Error.of("IncompleteBody", 400, "The request body terminated unexpectedly")
                .toError();
    }

    static AwsError missingLength() {
        return S3Error.of("MissingContentLength", 411, "You must provide the Content-Length HTTP header.")
                .toError();
    }

    static AwsError badChunkSize(long chunk, long size) {
        return S3Error.of(
                        "InvalidChunkSizeError",
                        403,
                        "Only the last chunk is allowed to have a size less than 8192 bytes")
                .with("Chunk", Long.toString(chunk))
                .with("BadChunkSize", Long.toString(size))
                .toError();
    }

    static AwsError malformedTrailer() {
        return S3Error.of(
                        "MalformedTrailerError",
                        400,
                        "The request contained trailing data that was not well-formed or did not conform to our"
                                + " published schema.")
                .toError();
    }

    static AwsError invalidDigest(String given) {
        return S3Error.of("InvalidDigest", 400, "The Content-MD5 you specified was invalid.")
                .with("Content-MD5", given)
                .toError();
    }

    static AwsError wrongMd5(String expected, String calculated) {
        return S3Error.of("BadDigest", 400, "The Content-MD5 you specified did not match what we received.")
                .with("ExpectedDigest", expected)
                .with("CalculatedDigest", calculated)
                .toError();
    }

    static AwsError wrongChecksum(Hashing algorithm) {
        return S3Error.of(
                        "BadDigest", 400, "The " + algorithm + " you specified did not match the calculated checksum.")
                .toError();
    }

    static AwsError invalidChecksum(String name, boolean trailer) {
        String kind = trailer ? " trailing header is invalid." : " header is invalid.";
        return S3Error.of("InvalidRequest", 400, "Value for " + name + kind).toError();
    }

    static AwsError manyChecksums() {
        return S3Error.of(
                        "InvalidRequest",
                        400,
                        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.")
                .toError();
    }

    static AwsError unknownChecksum() {
        return S3Error.of(
                        "InvalidRequest", 400, "The algorithm type you specified in x-amz-checksum- header is invalid.")
                .toError();
    }

    static AwsError missingChecksum() {
        return S3Error.of(
                        "InvalidRequest",
                        400,
                        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer"
                                + " headers were found.")
                .toError();
    }

    static AwsError notImplemented(String header) {
        return S3Error.of("NotImplemented", 501, "A header you provided implies functionality that is not implemented")
                .with("Header", header)
                .toError();
    }

    static AwsError wrongAlgorithm() {
        return S3Error.of("InvalidRequest", 400, "Value for x-amz-sdk-checksum-algorithm header is invalid.")
                .toError();
    }

    static AwsError wrongSha256(String expected, String calculated) {
        return S3Error.of(
                        "XAmzContentSHA256Mismatch",
                        400,
                        "The provided 'x-amz-content-sha256' header does not match what was computed.")
                .with("ClientComputedContentSHA256", expected)
                .with("S3ComputedContentSHA256", calculated)
                .toError();
    }

    static AwsError tooLarge(long limit) {
        return AwsError.Code.of("RequestEntityTooLarge", 413)
                .because("The request body must not exceed " + limit + " bytes.");
    }

    static AwsError notGzip() {
        return AwsError.Code.of("SerializationException", 400)
                .because("The request body is not in the gzip format that Content-Encoding names.");
    }
}
