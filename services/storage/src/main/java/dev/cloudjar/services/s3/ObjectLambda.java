package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.OperationSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An Object Lambda access point as a request comes through it, and what such a request wants: the action upon
/// this access point, and in the name of Object Lambda either the function or the access point behind.
///
/// @param behind the alias of the access point behind
record ObjectLambda(Arn arn, LambdaDoor door, String behind) {
    static final String CALLER = "s3-object-lambda.amazonaws.com";
    private static final String VIA = "aws:CalledVia";

    /// The actions that the service authorization reference has for Object Lambda.
    private static final Set<String> ACTIONS = Set.of("""
            AbortMultipartUpload DeleteObject DeleteObjectTagging GetObject GetObjectAcl GetObjectLegalHold
            GetObjectRetention GetObjectTagging ListBucket ListBucketMultipartUploads ListBucketVersions
            ListMultipartUploadParts PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging
            RestoreObject
            """.strip().split("\\s+"));

    static boolean lets(String action) {
        return ACTIONS.contains(action);
    }

    private Access own(String action) {
        return Access.of(LambdaDoor.SERVICE + action.substring(action.indexOf(':')), arn);
    }

    /// What stands behind is asked for as well, by way of Object Lambda.
    List<Access> joined(List<Access> others) {
        List<Access> all = new ArrayList<>();
        all.add(own(others.getFirst().action()));
        others.forEach(access -> all.add(access.with(VIA, CALLER)));
        return all;
    }

    /// What `operation` wants where a function answers it: the object itself is the function's affair.
    Optional<List<Access>> wanted(OperationSchema operation, Asked in) {
        String action = Actions.name(operation);
        boolean version = action.equals("GetObject") && in.filled("VersionId").isPresent();
        return door.transforming(operation.name())
                .map(how -> List.of(
                        own(':' + (version ? "GetObjectVersion" : action)),
                        Access.of("lambda:InvokeFunction", LambdaDoors.function(how))
                                .with(VIA, CALLER)));
    }
}
