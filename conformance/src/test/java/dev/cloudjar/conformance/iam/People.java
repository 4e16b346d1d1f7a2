package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cloudjar.conformance.Clients;
import dev.cloudjar.conformance.TestCloud;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/// What the tests do with users and roles all the time.
record People(TestCloud cloud, IamClient iam) {
    /// The code of a refusal and what it says.
    record Refused(String code, String message) {}

    AwsCredentials user(String name) {
        iam.createUser(u -> u.userName(name));
        var key = iam.createAccessKey(k -> k.userName(name)).accessKey();
        return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
    }

    static AwsCredentials session(Credentials credentials) {
        return AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    void allow(String user, String action, String resource) {
        iam.putUserPolicy(p -> p.userName(user)
                .policyName(action.replace(':', '-').replace("*", "all"))
                .policyDocument(policy("Allow", action, resource)));
    }

    static String policy(String effect, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }

    static String trust(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\","
                + "\"sts:TagSession\"],\"Principal\":{\"AWS\":\"" + principal + "\"}}]}";
    }

    SqsClient sqs(AwsCredentials credentials) {
        return Clients.with(SqsClient.builder(), cloud, credentials);
    }

    StsClient sts(AwsCredentials credentials) {
        return Clients.with(StsClient.builder(), cloud, credentials);
    }

    String arn(String resource) {
        return "arn:aws:iam::" + cloud.account() + ":" + resource;
    }

    static Refused refusal(ThrowingCallable call) {
        AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, call);
        return refused == null
                ? new Refused("", "it was not refused")
                : new Refused(
                        refused.awsErrorDetails().errorCode(),
                        refused.awsErrorDetails().errorMessage());
    }
}
