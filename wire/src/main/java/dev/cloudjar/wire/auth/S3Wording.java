package dev.cloudjar.wire.auth;

import dev.cloudjar.model.AwsError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;

/// What S3 says, with the further elements that its error documents carry.
enum S3Wording implements Wording {
    INSTANCE;

    private static final String HEADER = "The authorization header is malformed; ";
    private static final String QUERY = "Error parsing the X-Amz-Credential parameter; ";
    private static final String SKEW_MILLISECONDS = "900000";
    static final int WEEK = 604800;
    private static final String THREE_COMPONENTS =
            "the authorization header requires three components: Credential, SignedHeaders, and Signature.";
    private static final String SIX_PARAMETERS =
            "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature,"
                    + " X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
    private static final String ALGORITHMS =
            "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"";
    private static final String CREDENTIAL =
            "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
    private static final String ONE_MECHANISM =
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter"
                    + " or the Authorization header should be specified";
    private static final String UNKNOWN_KEY = "The AWS Access Key Id you provided does not exist in our records.";
    private static final String WRONG_TOKEN = "The provided token is malformed or otherwise invalid.";
    private static final String UNSIGNED_HEADERS = "There were headers present in the request which were not signed";
    private static final String MISSING_HASH = "Missing required header for this request: x-amz-content-sha256";
    private static final String PAYLOAD_HASHES =
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                    + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER,"
                    + " STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a"
                    + " valid sha256 value.";

    @Override
    public AwsError refuse(Flaw flaw) {
        return document(flaw).toError();
    }

    private static S3Error document(Flaw flaw) {
        return switch (flaw) {
            case Flaw.Unsigned _ -> S3Error.of("AccessDenied", 403, "Access Denied");
            case Flaw.TwoSignatures f -> argument(ONE_MECHANISM, "Authorization", f.authorization());
            case Flaw.UnknownScheme f -> argument("Unsupported Authorization Type", "Authorization", f.authorization());
            case Flaw.NotKeyValue _, Flaw.MissingParts _ -> malformed(THREE_COMPONENTS);
            case Flaw.MissingParameters _ -> parameters(SIX_PARAMETERS);
            case Flaw.BadAlgorithm _ -> parameters(ALGORITHMS);
            case Flaw.BadCredential f -> credential(f.presigned(), CREDENTIAL);
            case Flaw.BadDate f -> badDate(f);
            case Flaw.BadExpires f -> badExpires(f.expires());
            case Flaw.WrongTerminator f ->
                credential(
                        f.presigned(),
                        "incorrect terminal \"" + f.given() + "\". This endpoint uses \"aws4_request\".");
            case Flaw.WrongService f -> credential(f.presigned(), wrongService(f));
            case Flaw.WrongRegion f -> wrongRegion(f);
            case Flaw.WrongDay f -> wrongDay(f);
            case Flaw.Skewed f -> skewed(f);
            case Flaw.Expired f -> expired(f);
            case Flaw.UnknownKey f ->
                S3Error.of("InvalidAccessKeyId", 403, UNKNOWN_KEY).with("AWSAccessKeyId", f.accessKeyId());
            case Flaw.WrongToken f ->
                S3Error.of("InvalidToken", 400, WRONG_TOKEN).with("Token-0", f.token());
            case Flaw.ExpiredToken f ->
                S3Error.of("ExpiredToken", 400, "The provided token has expired.")
                        .with("Token-0", f.token());
            case Flaw.UnsignedHeaders f ->
                S3Error.of("AccessDenied", 403, UNSIGNED_HEADERS)
                        .with("HeadersNotSigned", String.join(", ", f.headers()));
            case Flaw.WrongSignature f -> wrongSignature(f);
            case Flaw.TooManyGuesses _ -> S3Error.of("SlowDown", 503, "Please reduce your request rate.");
            case Flaw.MissingPayloadHash _ -> S3Error.of("InvalidRequest", 400, MISSING_HASH);
            case Flaw.BadPayloadHash f -> argument(PAYLOAD_HASHES, "x-amz-content-sha256", f.given());
        };
    }

    private static S3Error argument(String message, String name, String value) {
        return S3Error.of("InvalidArgument", 400, message)
                .with("ArgumentName", name)
                .with("ArgumentValue", value);
    }

    private static String wrongService(Flaw.WrongService flaw) {
        return "incorrect service \"" + flaw.given() + "\". This endpoint belongs to \"" + flaw.expected() + "\".";
    }

    private static S3Error wrongRegion(Flaw.WrongRegion flaw) {
        String reason = "the region '" + flaw.given() + "' is wrong; expecting '" + flaw.expected() + "'";
        return credential(flaw.presigned(), reason).with("Region", flaw.expected());
    }

    private static S3Error malformed(String reason) {
        return S3Error.of("AuthorizationHeaderMalformed", 400, HEADER + reason);
    }

    private static S3Error parameters(String reason) {
        return S3Error.of("AuthorizationQueryParametersError", 400, reason);
    }

    private static S3Error credential(boolean presigned, String reason) {
        return presigned ? parameters(QUERY + reason) : malformed(reason);
    }

    private static S3Error badDate(Flaw.BadDate flaw) {
        return flaw.presigned()
                ? parameters("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
                : S3Error.of("AccessDenied", 403, "AWS authentication requires a valid Date or x-amz-date header");
    }

    private static S3Error badExpires(String expires) {
        if (expires.startsWith("-") && expires.length() > 1) {
            return parameters("X-Amz-Expires must be non-negative");
        }
        boolean number = !expires.isEmpty() && expires.chars().allMatch(c -> c >= '0' && c <= '9');
        return parameters(
                number
                        ? "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be"
                                + " less than " + WEEK + " seconds"
                        : "X-Amz-Expires should be a number");
    }

    private static S3Error wrongDay(Flaw.WrongDay flaw) {
        String expected = flaw.timestamp().substring(0, 8);
        return flaw.presigned()
                ? parameters("Invalid credential date \"" + flaw.scopeDate() + "\". This date is not the same as"
                        + " X-Amz-Date: \"" + expected + "\".")
                : malformed("Invalid credential date \"" + flaw.scopeDate() + "\". This date is not the same as"
                        + " X-Amz-Date: \"" + expected + "\".");
    }

    private static S3Error skewed(Flaw.Skewed flaw) {
        return S3Error.of(
                        "RequestTimeTooSkewed",
                        403,
                        "The difference between the request time and the current time is too large.")
                .with("RequestTime", AmzDate.format(flaw.at()))
                .with("ServerTime", AmzDate.extended(flaw.now()))
                .with("MaxAllowedSkewMilliseconds", SKEW_MILLISECONDS);
    }

    private static S3Error expired(Flaw.Expired flaw) {
        Instant expires = flaw.at().plusSeconds(flaw.seconds());
        if (flaw.at().isAfter(flaw.now())) {
            return S3Error.of("AccessDenied", 403, "Request is not valid yet")
                    .with("X-Amz-Date", AmzDate.format(flaw.at()))
                    .with("ServerTime", AmzDate.extended(flaw.now()));
        }
        S3Error error = S3Error.of("AccessDenied", 403, "Request has expired");
        if (flaw.seconds() > 0) {
            error.with("X-Amz-Expires", Long.toString(flaw.seconds()));
        }
        return error.with("Expires", AmzDate.extended(expires)).with("ServerTime", AmzDate.extended(flaw.now()));
    }

    private static S3Error wrongSignature(Flaw.WrongSignature flaw) {
        S3Error error = S3Error.of(
                        "SignatureDoesNotMatch",
                        403,
                        "The request signature we calculated does not match the signature you provided. Check your key"
                                + " and signing method.")
                .with("AWSAccessKeyId", flaw.accessKeyId())
                .with("StringToSign", flaw.stringToSign())
                .with("SignatureProvided", flaw.signature())
                .with("StringToSignBytes", spacedHex(flaw.stringToSign()));
        return flaw.canonicalRequest().isEmpty()
                ? error
                : error.with("CanonicalRequest", flaw.canonicalRequest())
                        .with("CanonicalRequestBytes", spacedHex(flaw.canonicalRequest()));
    }

    private static String spacedHex(String text) {
        return HexFormat.ofDelimiter(" ").formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
