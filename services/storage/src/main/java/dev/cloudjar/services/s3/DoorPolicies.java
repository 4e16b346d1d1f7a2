package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import java.util.List;

/// The policies of access points: kept, told, and held to what Block Public Access lets them say.
final class DoorPolicies implements S3Control {
    private final Kernel kernel;
    private final BucketDoors doors;
    private final Doors rows;
    private final AccountBlocks blocks;

    DoorPolicies(Parts parts, BucketDoors doors) {
        this.kernel = parts.kernel();
        this.doors = doors;
        this.rows = parts.buckets().doors();
        this.blocks = new AccountBlocks(kernel, parts.documents());
    }

    @Override
    public PutAccessPointPolicyResponse putAccessPointPolicy(PutAccessPointPolicyRequest in) {
        BucketDoor door = doors.get(in.name());
        String kept = checked(BucketDoors.arn(door), in.policy(), door.open(), "s3:PutAccessPointPolicy");
        rows.rows().put(door.with(kept));
        return new PutAccessPointPolicyResponse();
    }

    /// The policy as it is to be kept, if it is about the access point of this ARN and no more public than may
    /// be.
    String checked(String arn, String text, List<String> open, String action) {
        BucketPolicy policy = BucketPolicy.checked(
                resource -> resource.equals(arn) || resource.startsWith(arn + "/") || resource.startsWith(arn + "*"),
                text);
        boolean blocked = !open.contains(Door.BLOCK_POLICY)
                || blocks.find(Call.current().account())
                        .filter(AccountBlocks.Settings::blockPublicPolicy)
                        .isPresent();
        if (blocked && policy.isPublic()) {
            throw Refusals.ACCESS_DENIED.because(
                    "User: %s is not authorized to perform: %s on resource: \"%s\" because public policies are prevented"
                            + " by the BlockPublicPolicy setting in S3 Block Public Access.",
                    Call.current().principal().arn(), action, arn);
        }
        return kernel.kept(text, _ -> Refusals.of("MalformedPolicy", 400, "Invalid principal in policy"));
    }

    @Override
    public GetAccessPointPolicyResult getAccessPointPolicy(GetAccessPointPolicyRequest in) {
        return new GetAccessPointPolicyResult().policy(kernel.shown(policy(in.name())));
    }

    private String policy(String name) {
        String policy = doors.get(name).policy();
        if (policy.isEmpty()) {
            throw missing();
        }
        return policy;
    }

    static AwsError missing() {
        return Refusals.of("NoSuchAccessPointPolicy", 404, "The specified accesspoint policy does not exist");
    }

    @Override
    public DeleteAccessPointPolicyResponse deleteAccessPointPolicy(DeleteAccessPointPolicyRequest in) {
        rows.rows().put(doors.get(in.name()).with(""));
        return new DeleteAccessPointPolicyResponse();
    }

    @Override
    public GetAccessPointPolicyStatusResult getAccessPointPolicyStatus(GetAccessPointPolicyStatusRequest in) {
        boolean open = BucketPolicy.read(policy(in.name())).isPublic();
        return new GetAccessPointPolicyStatusResult().policyStatus(new PolicyStatus().isPublic(open));
    }
}
