package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3.Delete;
import dev.cloudjar.api.S3.DeleteObjectOutput;
import dev.cloudjar.api.S3.DeleteObjectRequest;
import dev.cloudjar.api.S3.DeleteObjectsOutput;
import dev.cloudjar.api.S3.DeleteObjectsRequest;
import dev.cloudjar.api.S3.GetBucketVersioningOutput;
import dev.cloudjar.api.S3.GetBucketVersioningRequest;
import dev.cloudjar.api.S3.ObjectIdentifier;
import dev.cloudjar.api.S3.PutBucketVersioningRequest;
import dev.cloudjar.api.S3.PutObjectOutput;
import dev.cloudjar.api.S3.VersioningConfiguration;
import dev.cloudjar.model.Struct;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Versions are deleted for good only with the code of the root user's device, where the bucket wants it so.
class MfaDeleteTest {
    private static final String CODE = "token 123456";
    private static final String WRONG = "token 654321";

    private final S3UnderTest s3 = S3UnderTest.beside(RootDevice.ENTRY);
    private String version = "";

    @BeforeEach
    void create() {
        s3.createBucket("bucket");
        s3.call(switching("Enabled", "Enabled").mfa(CODE));
        PutObjectOutput put = s3.put("bucket", "key", "content");
        version = put.versionId().orElseThrow();
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private static PutBucketVersioningRequest switching(String status, String mfa) {
        return new PutBucketVersioningRequest()
                .bucket("bucket")
                .versioningConfiguration(
                        new VersioningConfiguration().status(status).mfaDelete(mfa));
    }

    private DeleteObjectRequest deleting() {
        return new DeleteObjectRequest().bucket("bucket").key("key").versionId(version);
    }

    private DeleteObjectsRequest deletingAll() {
        return new DeleteObjectsRequest()
                .bucket("bucket")
                .contentMd5("looked at before")
                .delete(new Delete()
                        .objects(List.of(new ObjectIdentifier().key("key").versionId(version))));
    }

    private String refused(Struct in) {
        return s3.refusal(in).code().code() + ": " + s3.refusal(in).message();
    }

    @Test
    void aVersionGoesWithACodeAndAMarkerComesWithout() {
        String missing = "AccessDenied: Mfa Authentication must be used for this request";
        assertThat(refused(deleting())).isEqualTo(missing);
        assertThat(refused(deletingAll())).isEqualTo(missing);
        assertThat(refused(deleting().mfa(WRONG))).isEqualTo("AccessDenied: Access Denied");
        assertThat(refused(deletingAll().mfa(WRONG))).isEqualTo("AccessDenied: Access Denied");

        s3.delete("bucket", "key");
        DeleteObjectOutput gone = s3.call(deleting().mfa(CODE));
        assertThat(gone.versionId()).contains(version);
    }

    @Test
    void aListOfVersionsGoesWithOneCode() {
        DeleteObjectsOutput gone = s3.call(deletingAll().mfa(CODE));

        assertThat(gone.errors()).isEmpty();
        assertThat(gone.deleted()).hasSize(1);
    }

    @Test
    void versioningChangesOnlyWithACode() {
        assertThat(refused(switching("Suspended", "Enabled"))).startsWith("AccessDenied");
        assertThat(refused(switching("Enabled", "Disabled"))).startsWith("AccessDenied");
        assertThat(shown()).isEqualTo("Enabled Enabled");

        s3.call(switching("Suspended", "Disabled").mfa(CODE));
        assertThat(shown()).isEqualTo("Suspended Disabled");
        s3.call(deleting());
    }

    private String shown() {
        GetBucketVersioningOutput out = s3.call(new GetBucketVersioningRequest().bucket("bucket"));
        return out.status().orElse("") + ' ' + out.mfaDelete().orElse("");
    }
}
