package dev.cloudjar.wire.auth;

import dev.cloudjar.model.AwsError;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// What every service but S3 says: the same sentences, under codes that differ by protocol.
///
/// The sentences are those of the IAM user guide's page on troubleshooting signatures, and of its common errors.
enum CommonWording implements Wording {
    QUERY("", 403, "SignatureDoesNotMatch", "InvalidClientTokenId", "ExpiredToken"),
    JSON("Exception", 400, "InvalidSignatureException", "UnrecognizedClientException", "ExpiredTokenException"),
    REST_JSON("Exception", 403, "InvalidSignatureException", "UnrecognizedClientException", "ExpiredTokenException"),
    EC2("", 401, "AuthFailure", "AuthFailure", "RequestExpired");

    static final Duration SKEW = Duration.ofMinutes(15);
    private static final String EC2_REFUSAL = "AWS was not able to validate the provided access credentials";

    private final String suffix;
    private final int status;
    private final String signature;
    private final String key;
    private final String token;

    CommonWording(String suffix, int status, String signature, String key, String token) {
        this.suffix = suffix;
        this.status = status;
        this.signature = signature;
        this.key = key;
        this.token = token;
    }

    @Override
    public AwsError refuse(Flaw flaw) {
        return switch (flaw) {
            case Flaw.Unsigned _ -> unsigned();
            case Flaw.UnknownScheme f -> incomplete(missingAll(f.authorization()));
            case Flaw.TwoSignatures f -> incomplete(missingAll(f.authorization()));
            case Flaw.NotKeyValue f ->
                incomplete("'" + f.part()
                        + "' not a valid key=value pair (missing equal-sign) in Authorization header: '"
                        + f.authorization() + "'.");
            case Flaw.MissingParts f -> incomplete(required(f));
            case Flaw.MissingParameters f -> incomplete(requiredParameters(f));
            case Flaw.BadAlgorithm f -> incomplete("Unsupported AWS 'algorithm': '" + f.algorithm() + "'");
            case Flaw.BadCredential f ->
                incomplete(
                        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '"
                                + f.credential() + "'");
            case Flaw.BadDate f ->
                incomplete("Date must be in ISO-8601 'basic format'. Got '" + f.date()
                        + "'. See http://en.wikipedia.org/wiki/ISO_8601");
            case Flaw.BadExpires f -> incomplete("Invalid X-Amz-Expires: '" + f.expires() + "'");
            case Flaw.WrongTerminator f ->
                mismatch("Credential should be scoped with a valid terminator: 'aws4_request', not '" + f.given()
                        + "'. ");
            case Flaw.WrongService f ->
                mismatch("Credential should be scoped to correct service: '" + f.expected() + "'. ");
            case Flaw.WrongRegion f ->
                mismatch("Credential should be scoped to a valid region, not '" + f.given() + "'. ");
            case Flaw.WrongDay f -> mismatch(wrongDay(f));
            case Flaw.Skewed f -> mismatch(skewed(f.at(), f.now()));
            case Flaw.Expired f -> mismatch(expired(f));
            case Flaw.UnknownKey _, Flaw.WrongToken _ -> invalidKey();
            case Flaw.ExpiredToken _ -> expiredToken();
            case Flaw.UnsignedHeaders f -> mismatch(unsignedHeaders(f));
            case Flaw.WrongSignature f -> wrongSignature(f);
            case Flaw.TooManyGuesses _ -> throttled();
            case Flaw.MissingPayloadHash _, Flaw.BadPayloadHash _ -> mismatch("The payload hash is invalid.");
        };
    }

    private AwsError unsigned() {
        return switch (this) {
            case QUERY -> error("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
            case JSON -> error("MissingAuthenticationTokenException", 400, "Missing Authentication Token");
            case REST_JSON -> error("MissingAuthenticationTokenException", 403, "Missing Authentication Token");
            case EC2 -> error("MissingParameter", 400, "The request must contain the parameter AWSAccessKeyId");
        };
    }

    private AwsError throttled() {
        return switch (this) {
            case QUERY -> error("Throttling", 400, "Rate exceeded");
            case JSON -> error("ThrottlingException", 400, "Rate exceeded");
            case REST_JSON -> error("ThrottlingException", 429, "Rate exceeded");
            case EC2 -> error("RequestLimitExceeded", 503, "Request limit exceeded.");
        };
    }

    private AwsError incomplete(String message) {
        return error("IncompleteSignature" + suffix, this == REST_JSON ? 403 : 400, message);
    }

    private AwsError mismatch(String message) {
        return error(signature, status, this == EC2 ? EC2_REFUSAL : message);
    }

    private AwsError invalidKey() {
        return error(key, status, this == EC2 ? EC2_REFUSAL : "The security token included in the request is invalid.");
    }

    private AwsError expiredToken() {
        return this == EC2
                ? error("RequestExpired", 400, "Request has expired.")
                : error(token, status, "The security token included in the request is expired");
    }

    private AwsError wrongSignature(Flaw.WrongSignature flaw) {
        var text = new StringBuilder("The request signature we calculated does not match the signature you provided."
                + " Check your AWS Secret Access Key and signing method. Consult the service documentation for"
                + " details.");
        if (!flaw.canonicalRequest().isEmpty()) {
            text.append("\n\nThe Canonical String for this request should have been\n'")
                    .append(flaw.canonicalRequest())
                    .append("'\n\nThe String-to-Sign should have been\n'")
                    .append(flaw.stringToSign())
                    .append("'\n");
        }
        return mismatch(text.toString());
    }

    private static String missingAll(String authorization) {
        return "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature'"
                + " parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=" + authorization;
    }

    private static String required(Flaw.MissingParts flaw) {
        var text = new StringBuilder();
        for (String part : flaw.parts()) {
            text.append(
                    part.equals("X-Amz-Date")
                            ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                            : "Authorization header requires '" + part + "' parameter. ");
        }
        return text.append("Authorization=").append(flaw.authorization()).toString();
    }

    private static String requiredParameters(Flaw.MissingParameters flaw) {
        var text = new StringBuilder();
        for (String parameter : flaw.parameters()) {
            text.append("AWS query-string parameters must include '")
                    .append(parameter)
                    .append("'. ");
        }
        return text.append("Re-examine the query-string parameters.").toString();
    }

    private static String wrongDay(Flaw.WrongDay flaw) {
        return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '"
                + flaw.scopeDate() + "' != '" + flaw.timestamp().substring(0, 8) + "', from '" + flaw.timestamp()
                + "'.";
    }

    private static String skewed(Instant at, Instant now) {
        String bounds = AmzDate.format(now);
        return at.isBefore(now)
                ? "Signature expired: " + AmzDate.format(at) + " is now earlier than " + AmzDate.format(now.minus(SKEW))
                        + " (" + bounds + " - 15 min.)"
                : "Signature not yet current: " + AmzDate.format(at) + " is still later than "
                        + AmzDate.format(now.plus(SKEW)) + " (" + bounds + " + 15 min.)";
    }

    private static String expired(Flaw.Expired flaw) {
        Instant earliest = flaw.now().minusSeconds(flaw.seconds());
        return "Signature expired: " + AmzDate.format(flaw.at()) + " is now earlier than " + AmzDate.format(earliest)
                + " (" + AmzDate.format(flaw.now()) + " - " + flaw.seconds() / 60 + " min.)";
    }

    private static String unsignedHeaders(Flaw.UnsignedHeaders flaw) {
        String header = flaw.headers().getFirst().toLowerCase(Locale.ROOT);
        return header.equals("host")
                ? "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
                : "'" + header + "' must be a 'SignedHeader' in the AWS Authorization.";
    }

    private static AwsError error(String code, int status, String message) {
        return AwsError.Code.of(code, status).because(message);
    }
}
