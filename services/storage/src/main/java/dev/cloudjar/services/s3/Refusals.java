package dev.cloudjar.services.s3;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// What S3 says when it refuses: its codes, statuses, wording, and the elements of its error documents. S3's
/// model names few of them.
final class Refusals {
    static final Code INVALID_ARGUMENT = Code.of("InvalidArgument", 400);
    static final Code INVALID_REQUEST = Code.of("InvalidRequest", 400);
    static final Code MALFORMED_XML = Code.of("MalformedXML", 400);
    static final Code ACCESS_DENIED = Code.of("AccessDenied", 403);
    static final Code INVALID_PART = Code.of("InvalidPart", 400);
    static final Code NOT_FOUND = Code.of("NotFound", 404);
    static final Code PRECONDITION_FAILED = Code.of("PreconditionFailed", 412);
    static final Code METHOD_NOT_ALLOWED = Code.of("MethodNotAllowed", 405);
    static final Code INVALID_BUCKET_STATE = Code.of("InvalidBucketState", 409);

    private static final String NOT_WELL_FORMED =
            "The XML you provided was not well-formed or did not validate against our published schema";
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private Refusals() {}

    /// An error that no model names.
    static AwsError of(String code, int status, String message) {
        return Code.of(code, status).because("%s", message);
    }

    static AwsError noSuchBucket(String bucket) {
        return Details.of("BucketName", bucket)
                .refuse(Code.of("NoSuchBucket", 404), "The specified bucket does not exist");
    }

    static AwsError noSuchKey(String key) {
        return Details.of("Key", key).refuse(Code.of("NoSuchKey", 404), "The specified key does not exist.");
    }

    /// A key whose newest version is a delete marker: missing, and the answer says why.
    static AwsError deleted(Version marker) {
        return Details.of("Key", marker.key().name())
                .header("x-amz-delete-marker", "true")
                .header("x-amz-version-id", marker.id())
                .refuse(Code.of("NoSuchKey", 404), "The specified key does not exist.");
    }

    /// A delete marker asked for by its version id.
    static AwsError isMarker(Version marker, String method) {
        return Details.of("Method", method)
                .and("ResourceType", "DeleteMarker")
                .header("Allow", "DELETE")
                .header("Last-Modified", httpDate(marker.origin().modified()))
                .header("x-amz-delete-marker", "true")
                .header("x-amz-version-id", marker.id())
                .refuse(METHOD_NOT_ALLOWED, "The specified method is not allowed against this resource.");
    }

    static AwsError noSuchVersion(String key, String id) {
        return Details.of("Key", key)
                .and("VersionId", id)
                .refuse(Code.of("NoSuchVersion", 404), "The specified version does not exist.");
    }

    static AwsError noSuchUpload(String id) {
        return Details.of("UploadId", id)
                .refuse(
                        Code.of("NoSuchUpload", 404),
                        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been"
                                + " aborted or completed.");
    }

    static AwsError argument(String message, String name, String value) {
        return Details.of("ArgumentName", name).and("ArgumentValue", value).refuse(INVALID_ARGUMENT, message);
    }

    static AwsError request(String message) {
        return INVALID_REQUEST.because("%s", message);
    }

    static AwsError emptyBody() {
        return of("MissingRequestBodyError", 400, "Request Body is empty");
    }

    static AwsError malformedXml() {
        return MALFORMED_XML.because(NOT_WELL_FORMED);
    }

    /// What is not well-formed has a code of its own where it is a list of who may do what.
    static AwsError malformedAcl() {
        return of("MalformedACLError", 400, NOT_WELL_FORMED);
    }

    static AwsError denied() {
        return ACCESS_DENIED.because("Access Denied");
    }

    static AwsError condition(String condition) {
        return Details.of("Condition", condition)
                .refuse(PRECONDITION_FAILED, "At least one of the pre-conditions you specified did not hold");
    }

    static AwsError tooLarge(long proposed, long most) {
        return Details.of("ProposedSize", Long.toString(proposed))
                .and("MaxSizeAllowed", Long.toString(most))
                .refuse(Code.of("EntityTooLarge", 400), "Your proposed upload exceeds the maximum allowed size");
    }

    static AwsError noConfiguration(String code, String message, String bucket) {
        return Details.of("BucketName", bucket).refuse(Code.of(code, 404), message);
    }

    static String httpDate(Instant at) {
        return HTTP_DATE.format(at.atOffset(ZoneOffset.UTC));
    }
}
