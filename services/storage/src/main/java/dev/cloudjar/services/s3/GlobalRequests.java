package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Lifecycle;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.services.s3.GlobalRequest.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The requests that change multi-region access points: taken down, and told how far they have got.
final class GlobalRequests implements S3Control {
    /// Where AWS keeps them, wherever they were made.
    private static final String HOME = "us-west-2";

    private static final String CREATE = "CreateMultiRegionAccessPoint";
    private static final String DELETE = "DeleteMultiRegionAccessPoint";

    /// How long AWS takes at least, as its documentation has it.
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Lifecycle<Status> LIFE =
            Lifecycle.of(Status.class).eventually(Status.INPROGRESS, Status.SUCCEEDED, PATIENCE);

    private final Kernel kernel;
    private final Table<String, GlobalRequest> requests;
    private final Doors doors;

    GlobalRequests(Parts parts) {
        this.kernel = parts.kernel();
        this.requests = kernel.table(GlobalRequest.class, dev.cloudjar.kernel.Scope.ACCOUNT);
        this.doors = parts.buckets().doors();
    }

    private static String arn(GlobalRequest request) {
        String kind = switch (request.operation()) {
            case CREATE -> "create";
            case DELETE -> "delete";
            default -> "put-policy";
        };
        return new Arn(
                        GlobalDoors.PARTITION,
                        S3Service.ID,
                        HOME,
                        Call.current().account(),
                        "async-request/mrap/" + kind + '/' + request.key())
                .toString();
    }

    private static String key(String operation, String client) {
        return Digests.hex(Digests.sha256(operation + ' ' + client)).substring(0, 40);
    }

    /// The ARN of a request that was made with this client token before.
    Optional<String> before(String operation, String client) {
        return requests.find(key(operation, client)).map(GlobalRequests::arn);
    }

    /// Takes a request down.
    String take(String operation, String client, AsyncRequestParameters parameters) {
        var request = new GlobalRequest(
                key(operation, client),
                client,
                operation,
                kernel.time().now(),
                LIFE.begin(Status.INPROGRESS, kernel.moment()),
                StructJson.write(parameters));
        requests.put(request);
        return arn(request);
    }

    @Override
    public DescribeMultiRegionAccessPointOperationResult describeMultiRegionAccessPointOperation(
            DescribeMultiRegionAccessPointOperationRequest in) {
        String arn = in.requestTokenArn();
        GlobalRequest request = requests.find(arn.substring(arn.lastIndexOf('/') + 1))
                .filter(found -> arn(found).equals(arn))
                .orElseThrow(
                        () -> Refusals.of("NoSuchAsyncRequest", 404, "The specified async request does not exist"));
        Status status = LIFE.at(request.phase(), kernel.moment());
        AsyncRequestParameters parameters = StructJson.read(request.parameters(), new AsyncRequestParameters());
        List<MultiRegionAccessPointRegionalResponse> regions = regions(parameters).stream()
                .map(region -> new MultiRegionAccessPointRegionalResponse()
                        .name(region)
                        .requestStatus(status.name()))
                .toList();
        return new DescribeMultiRegionAccessPointOperationResult()
                .asyncOperation(new AsyncOperation()
                        .creationTime(request.created())
                        .operation(request.operation())
                        .requestTokenArn(arn)
                        .requestParameters(parameters)
                        .requestStatus(status.name())
                        .responseDetails(new AsyncResponseDetails()
                                .multiRegionAccessPointDetails(
                                        new MultiRegionAccessPointsAsyncResponse().regions(regions))));
    }

    /// The regions of the access point that a request is about, if it is still there.
    private List<String> regions(AsyncRequestParameters parameters) {
        String name = parameters
                .createMultiRegionAccessPointRequest()
                .map(CreateMultiRegionAccessPointInput::name)
                .or(() -> parameters.deleteMultiRegionAccessPointRequest().map(DeleteMultiRegionAccessPointInput::name))
                .or(() -> parameters
                        .putMultiRegionAccessPointPolicyRequest()
                        .map(PutMultiRegionAccessPointPolicyInput::name))
                .orElse("");
        return doors.globals()
                .find(name)
                .map(door ->
                        door.places().stream().map(GlobalDoor.Place::region).toList())
                .orElse(List.of());
    }
}
