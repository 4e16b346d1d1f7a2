package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.s3.Granted.Grant;
import dev.cloudjar.services.s3.Granted.Instance;
import dev.cloudjar.services.s3.Granted.Location;
import java.util.Optional;

/// The locations of an account's S3 Access Grants: places in buckets, and the roles that get there.
final class GrantLocations implements S3Control {
    private static final int MOST = 1000;
    private static final String WHOLE = "s3://";

    private final Kernel kernel;
    private final Buckets buckets;
    private final Table<String, Instance> instances;
    private final Table<String, Location> locations;
    private final Table<String, Grant> grants;
    private final Labels labels;

    GrantLocations(Parts parts) {
        this.kernel = parts.kernel();
        this.buckets = parts.buckets();
        this.instances = kernel.table(Instance.class);
        this.locations = kernel.table(Location.class);
        this.grants = kernel.table(Grant.class);
        this.labels = new Labels(kernel);
    }

    static AwsError noSuch() {
        return Refusals.of(
                "NoSuchAccessGrantsLocationError", 404, "The specified Access Grants Location does not exist");
    }

    static Paging paging(Optional<Integer> most, Optional<String> token) {
        return new Paging(most.filter(count -> count > 0).orElse(MOST), token, Lens::badToken);
    }

    private static String arn(Location location) {
        return AccessGrants.arn("/location/" + location.key());
    }

    private void checkInstance() {
        if (!instances.has(Instance.ID)) {
            throw AccessGrants.noInstance();
        }
    }

    private Location get(String id) {
        checkInstance();
        return locations.find(id).orElseThrow(GrantLocations::noSuch);
    }

    @Override
    public CreateAccessGrantsLocationResult createAccessGrantsLocation(CreateAccessGrantsLocationRequest in) {
        checkInstance();
        String scope = in.locationScope();
        checkScope(scope);
        boolean there =
                locations.rows(Span.ALL).anyMatch(location -> location.scope().equals(scope));
        if (there) {
            throw Refusals.of(
                    "AccessGrantsLocationAlreadyExistsError",
                    409,
                    "The specified Access Grants Location already exists");
        }
        checkPassing(in.iamRoleArn());
        String id = scope.equals(WHOLE) ? Instance.ID : kernel.ids().uuid();
        var location = new Location(id, kernel.time().now(), scope, in.iamRoleArn());
        locations.put(location);
        labels.begin(arn(location), in.tags());
        return CreateAccessGrantsLocationResult.from(shown(location));
    }

    private void checkPassing(String role) {
        kernel.require(Access.of("iam:PassRole", role).with("iam:PassedToService", "access-grants.s3.amazonaws.com"));
    }

    private void checkScope(String scope) {
        String path = scope.startsWith(WHOLE) ? scope.substring(WHOLE.length()) : "/";
        int end = path.indexOf('/') < 0 ? path.length() : path.indexOf('/');
        if (!path.isEmpty() && buckets.find(path.substring(0, end)).isEmpty()) {
            throw Refusals.of("InvalidAccessGrantsLocation", 400, "The specified Access Grants Location is invalid");
        }
    }

    private static GetAccessGrantsLocationResult shown(Location location) {
        return new GetAccessGrantsLocationResult()
                .createdAt(location.created())
                .accessGrantsLocationId(location.key())
                .accessGrantsLocationArn(arn(location))
                .locationScope(location.scope())
                .iamRoleArn(location.role());
    }

    @Override
    public GetAccessGrantsLocationResult getAccessGrantsLocation(GetAccessGrantsLocationRequest in) {
        return shown(get(in.accessGrantsLocationId()));
    }

    @Override
    public UpdateAccessGrantsLocationResult updateAccessGrantsLocation(UpdateAccessGrantsLocationRequest in) {
        Location location = get(in.accessGrantsLocationId());
        checkPassing(in.iamRoleArn());
        return UpdateAccessGrantsLocationResult.from(shown(locations.put(location.with(in.iamRoleArn()))));
    }

    @Override
    public DeleteAccessGrantsLocationResponse deleteAccessGrantsLocation(DeleteAccessGrantsLocationRequest in) {
        Location location = get(in.accessGrantsLocationId());
        if (grants.rows(Span.ALL).anyMatch(grant -> grant.location().equals(location.key()))) {
            throw Refusals.of(
                    "AccessGrantsLocationNotEmptyError",
                    400,
                    "Please clean up access grants before deleting the access grants location");
        }
        locations.remove(location.key());
        labels.end(arn(location));
        return new DeleteAccessGrantsLocationResponse();
    }

    @Override
    public ListAccessGrantsLocationsResult listAccessGrantsLocations(ListAccessGrantsLocationsRequest in) {
        checkInstance();
        var page = kernel.tokens()
                .page(
                        paging(in.maxResults(), in.nextToken()),
                        "locations",
                        start -> locations
                                .rows(start.map(Span.ALL::from).orElse(Span.ALL))
                                .filter(location -> in.locationScope()
                                        .orElse(location.scope())
                                        .equals(location.scope())),
                        Location::key);
        return new ListAccessGrantsLocationsResult()
                .accessGrantsLocationsList(page.items().stream()
                        .map(location -> ListAccessGrantsLocationsEntry.from(shown(location)))
                        .toList())
                .nextToken(page.next());
    }
}
