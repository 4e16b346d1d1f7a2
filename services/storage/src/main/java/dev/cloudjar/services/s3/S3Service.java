package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.Witness;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError.Code;
import dev.cloudjar.model.Details;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Amazon S3. A bucket's name is everybody's; what is done to it is done in its owner's account and its region.
public final class S3Service implements Service, Witness {
    static final String ID = "s3";

    /// What is answered from any region, or about a bucket that is not there yet.
    private static final Set<String> ANYWHERE = Set.of("CreateBucket", "GetBucketLocation");

    private final Parts parts;
    private final List<Api> operations;
    private final Entrance entrance;
    private final AccessLog log;
    private final Activity activity;
    private final Inventory inventory;
    private final Analysis analysis;
    private final TierMoves moves;
    private final Lifecycle lifecycle;
    private final Replication replication;
    private final Archive archive;
    private final Grants grants;
    private final Pages pages;
    private final StoreForServices store;
    private final Renderings renderings;
    private final Wanted wanted;

    public S3Service(Kernel kernel) {
        this.parts = Parts.of(kernel);
        var reading = new Reading(parts);
        var writing = new Writing(parts);
        var deleting = new Deleting(parts);
        var uploads = new Uploads(parts, reading, writing);
        var configured = new Configured(parts);
        var shipping = new Shipping(kernel, writing);
        this.entrance = new Entrance(parts);
        this.log = new AccessLog(parts, shipping);
        this.activity = new Activity(kernel);
        this.inventory = new Inventory(parts, shipping);
        this.analysis = new Analysis(parts, shipping);
        this.moves = new TierMoves(parts);
        this.lifecycle = new Lifecycle(parts, configured, new Aging(parts, deleting, uploads));
        this.replication = new Replication(parts);
        this.archive = new Archive(parts);
        this.grants = new Grants(parts);
        this.pages = new Pages(parts, reading);
        this.store = new StoreForServices(parts, writing, reading);
        this.renderings = new Renderings(parts);
        this.wanted = new Wanted(parts);
        this.operations = Stream.concat(
                        Stream.of(
                                lifecycle,
                                new Configurations(parts, configured),
                                new SeveralConfigurations(configured, inventory, analysis, moves),
                                new Guarding(parts, configured),
                                new Versioning(parts, configured),
                                new Notifications(parts, configured),
                                new Directories(parts),
                                archive,
                                renderings,
                                deleting,
                                parts.buckets()),
                        ofObjects(parts, reading, writing, uploads))
                .toList();
    }

    private static Stream<Api> ofObjects(Parts parts, Reading reading, Writing writing, Uploads uploads) {
        return Stream.of(
                new ObjectSettings(parts),
                new Attributes(reading),
                new Selecting(parts, reading),
                new Resealing(parts, reading),
                reading,
                writing,
                new Copying(parts, reading, writing),
                new Listing(parts),
                new VersionListing(parts),
                uploads,
                new Completing(parts, uploads, writing),
                new UploadListing(parts, uploads));
    }

    @Override
    public List<Api> parts() {
        return operations;
    }

    /// That a bucket is not there, anybody may know.
    @Override
    public List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        return parts.kernel().transact(() -> wanted(operation, input));
    }

    private List<Access> wanted(OperationSchema operation, Struct input) {
        String name = String.valueOf(input.get("Bucket"));
        Optional<OwnedBucket> bucket = parts.buckets().find(name);
        boolean made = operation.name().equals("CreateBucket");
        if (bucket.isEmpty() && input.get("Bucket") != null && !made) {
            return List.of();
        }
        return switch (operation.name()) {
            case "ListDirectoryBuckets" -> List.of(Access.of("s3express:ListAllMyDirectoryBuckets", "*"));
            case "WriteGetObjectResponse" -> List.of(Access.of("s3-object-lambda:WriteGetObjectResponse", "*"));
            default -> wanted.of(operation, input, bucket.map(OwnedBucket::name).orElse(name));
        };
    }

    @Override
    public Optional<ResourcePolicy> policy(Arn resource) {
        return grants.policy(resource).map(ResourcePolicy::of);
    }

    @Override
    public <P> P port(Class<P> port) {
        return port.cast(port.equals(ObjectStore.class) ? store : pages);
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(
                Lifecycle.TASK, lifecycle::carryOut,
                TierMoves.TASK, moves::carryOut,
                Replication.TASK, replication::replicate,
                ReplicationTime.TASK, replication::replicateTimed,
                Archive.TASK, archive::restored,
                Archive.OVER, archive::over,
                Renderings.TASK, renderings::ended);
    }

    @Override
    public Map<String, Consumer<String>> longTasks() {
        return Map.of(
                AccessLog.TASK, log::deliver,
                Inventory.TASK, inventory::take,
                Analysis.TASK, analysis::export);
    }

    @Override
    public void refuseEarly(OperationSchema operation, Struct input) {
        entrance.check(operation, input);
    }

    @Override
    public void complete(OperationSchema operation, Struct input, Struct output) {
        entrance.complete(input, output);
    }

    @Override
    public void answered(Asked asked, Answer answer) {
        Optional.ofNullable(asked.labels().get("Bucket"))
                .flatMap(parts.buckets()::find)
                .ifPresent(bucket -> {
                    log.note(bucket, asked, answer);
                    activity.note(bucket, asked, answer);
                });
    }

    /// A bucket's tags say who may use it only where its owner has asked for that.
    @Override
    public Map<String, String> tagsOf(Arn resource) {
        String name = resource.resource();
        int slash = name.indexOf('/');
        return parts.buckets()
                .find(slash < 0 ? name : name.substring(0, slash))
                .map(bucket -> Tags.thatDecide(bucket, parts.documents()))
                .orElse(Map.of());
    }

    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        if (operation.name().equals("CreateBucket")) {
            return Optional.empty();
        }
        return Optional.ofNullable((String) input.get("Bucket"))
                .flatMap(parts.buckets()::find)
                .map(bucket -> home(operation, bucket, input));
    }

    private static Arn home(OperationSchema operation, OwnedBucket bucket, Struct input) {
        boolean anywhere = ANYWHERE.contains(operation.name())
                || String.valueOf(input.get("Bucket")).endsWith(GlobalDoor.SUFFIX);
        if (!anywhere) {
            checkRegion(bucket);
        }
        Object key = input.get("Key");
        String resource = key == null ? bucket.name() : bucket.name() + '/' + key;
        return new Arn(Arn.partition(bucket.region()), ID, bucket.region(), bucket.owner(), resource);
    }

    /// Sends those who signed for another region to the bucket's own.
    private static void checkRegion(OwnedBucket bucket) {
        Call call = Call.current();
        boolean signed = !call.principal().equals(Principal.anonymous());
        if (signed && !call.region().equals(bucket.region())) {
            throw Details.of("Endpoint", bucket.name() + ".s3." + bucket.region() + ".amazonaws.com")
                    .and("Bucket", bucket.name())
                    .header("x-amz-bucket-region", bucket.region())
                    .refuse(
                            Code.of("PermanentRedirect", 301),
                            "The bucket you are attempting to access must be addressed using the specified endpoint."
                                    + " Please send all future requests to this endpoint.");
        }
    }
}
