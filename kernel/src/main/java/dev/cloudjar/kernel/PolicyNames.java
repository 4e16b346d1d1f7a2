package dev.cloudjar.kernel;

/// Keeps the policies of resources by the unique ids of the users and roles that they name: whoever is made
/// anew under the name of a deleted one is somebody else. The port of IAM.
public interface PolicyNames {
    /// The policy with unique ids for the ARNs of those who are there.
    String kept(String policy);

    /// The policy with the ARNs of those who are still there; the ids of the others stay.
    String shown(String policy);
}
