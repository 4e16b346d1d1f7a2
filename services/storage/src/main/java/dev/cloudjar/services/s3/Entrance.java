package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.AccelerateConfiguration;
import dev.cloudjar.api.S3.Payer;
import dev.cloudjar.api.S3.RequestPaymentConfiguration;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// What holds for every request to a bucket, whatever it asks for: whose bucket the client believes it to be, how
/// long keys are, by which hosts it may come, and who pays.
final class Entrance {
    private static final String PAYER = "RequestPayer";
    private static final String REQUESTER = "requester";
    private static final String FAST = ".s3-accelerate.";
    private static final int ACCOUNT = 12;
    /// What says nothing yet of the objects and actions that it is for.
    private static final List<String> OF_MANY = List.of("CreateSession", "DeleteObjects");

    private static final List<String> OWNERS = List.of("ExpectedBucketOwner", "ExpectedSourceBucketOwner");

    private final Buckets buckets;
    private final Documents documents;
    private final Wanted wanted;

    Entrance(Parts parts) {
        this.buckets = parts.buckets();
        this.documents = parts.documents();
        this.wanted = new Wanted(parts);
    }

    void check(OperationSchema operation, Struct input) {
        var in = new Asked(input);
        OWNERS.forEach(member -> in.text(member).ifPresent(Entrance::checkAccount));
        in.text("Key").ifPresent(Draft::checkKey);
        in.number("MaxBuckets").ifPresent(Buckets::checkMost);
        Optional<OwnedBucket> bucket = in.text("Bucket").flatMap(buckets::find);
        in.text("Bucket").flatMap(buckets.doors()::find).ifPresent(door -> checkDoor(door, operation, in));
        if (bucket.isEmpty()) {
            return;
        }
        wanted.checkForeign(operation, input, bucket.get());
        if (Directories.isName(bucket.get().name())) {
            Directories.checkUse(operation, input);
            DirectoryAccess.checkMode(operation);
        }
        boolean payable = operation.input().member(PAYER).isPresent() && isStranger(bucket.get());
        if (payable && isPaidByRequester(bucket.get())) {
            boolean anonymous = Call.current().principal().equals(Principal.anonymous());
            if (anonymous || in.text(PAYER).filter(REQUESTER::equals).isEmpty()) {
                throw Refusals.denied();
            }
        }
        if (Call.current().request().endpoint().contains(FAST)) {
            checkFast(bucket.get());
        }
    }

    /// What an access point lets through at all: some operations, and what comes from its network.
    private static void checkDoor(Door door, OperationSchema operation, Asked in) {
        if (!door.lets(operation)) {
            throw Details.of("Method", operation.http().method())
                    .and("ResourceType", "BUCKET")
                    .refuse(Refusals.METHOD_NOT_ALLOWED, "The specified method is not allowed against this resource.");
        }
        boolean outside = !door.vpc().isEmpty()
                && !Call.current().facts().of("aws:sourcevpc").contains(door.vpc());
        if (outside) {
            throw Refusals.denied();
        }
        if (OF_MANY.contains(operation.name())) {
            return;
        }
        door.checkReach(
                "s3:" + Actions.name(operation),
                in.text("Key").or(() -> in.text("Prefix")).orElse(""));
    }

    private static void checkAccount(String account) {
        if (account.length() != ACCOUNT || !account.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw Details.of("BucketOwner", account)
                    .refuse(
                            dev.cloudjar.model.AwsError.Code.of("InvalidBucketOwnerAWSAccountID", 400),
                            "The value of the expected bucket owner parameter must be an AWS account ID");
        }
    }

    private void checkFast(OwnedBucket bucket) {
        String status = documents
                .find(bucket, Configurations.ACCELERATE, new AccelerateConfiguration())
                .flatMap(AccelerateConfiguration::status)
                .orElseThrow(() -> Refusals.request("S3 Transfer Acceleration is not configured on this bucket"));
        if (!status.equals("Enabled")) {
            throw Refusals.request("S3 Transfer Acceleration is disabled on this bucket");
        }
    }

    private static boolean isStranger(OwnedBucket bucket) {
        return !Call.current().principal().account().equals(bucket.owner());
    }

    private boolean isPaidByRequester(OwnedBucket bucket) {
        return documents
                .find(bucket, Configurations.PAYMENT, new RequestPaymentConfiguration())
                .filter(payment -> payment.payer().equals(Payer.REQUESTER))
                .isPresent();
    }

    /// Tells strangers that they were charged, where they offered to be.
    void complete(Struct input, Struct output) {
        var in = new Asked(input);
        if (in.text(PAYER).filter(REQUESTER::equals).isEmpty()) {
            return;
        }
        in.text("Bucket")
                .flatMap(buckets::find)
                .filter(bucket -> isStranger(bucket) && isPaidByRequester(bucket))
                .ifPresent(_ -> Told.set(output, "RequestCharged", REQUESTER));
    }
}
