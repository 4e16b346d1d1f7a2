package dev.cloudjar.kernel;

import java.util.Optional;

/// Keeps the policies of resources by the unique ids of the users and roles that they name: whoever is made
/// anew under the name of a deleted one is somebody else. The port of IAM.
public interface PolicyNames {
    /// The unique id of the user or role with this ARN; any other name as it is.
    String id(String arn);

    /// The ARN of the user or role with this unique id, if it is still there; any other name as it is.
    String arn(String id);

    /// The first user or role of the call's account that the policy names as a principal and that is not there.
    Optional<String> stranger(String policy);

    /// The policy with unique ids for the ARNs of those who are there.
    String kept(String policy);

    /// The policy with the ARNs of those who are still there; the ids of the others stay.
    String shown(String policy);
}
