package dev.cloudjar.services.account;

import dev.cloudjar.api.Account;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The regions of AWS, of which the newer ones must be enabled before an account uses them.
final class Regions implements Account {
    private static final int MOST_LISTED = 50;

    private static final Set<String> BY_DEFAULT = Set.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private static final Set<String> ON_DEMAND = Set.of(
            "af-south-1",
            "ap-east-1",
            "ap-east-2",
            "ap-south-2",
            "ap-southeast-3",
            "ap-southeast-4",
            "ap-southeast-5",
            "ap-southeast-6",
            "ap-southeast-7",
            "ca-west-1",
            "eu-central-2",
            "eu-south-1",
            "eu-south-2",
            "il-central-1",
            "me-central-1",
            "me-south-1",
            "mx-central-1");

    /// A region that the account has enabled.
    record Enabled(String key) implements Row<String> {}

    private final Kernel kernel;
    private final Keeper keeper;
    private final Table<String, Enabled> enabled;

    Regions(Kernel kernel, Keeper keeper) {
        this.kernel = kernel;
        this.keeper = keeper;
        this.enabled = kernel.table(Enabled.class, Scope.ACCOUNT);
    }

    @Override
    public EnableRegionResponse enableRegion(EnableRegionRequest in) {
        return keeper.within(in, () -> {
            checkOptional(in.regionName());
            enabled.put(new Enabled(in.regionName()));
            return new EnableRegionResponse();
        });
    }

    @Override
    public DisableRegionResponse disableRegion(DisableRegionRequest in) {
        return keeper.within(in, () -> {
            checkOptional(in.regionName());
            enabled.remove(in.regionName());
            return new DisableRegionResponse();
        });
    }

    /// Refuses regions that are always enabled, and names that are no region's.
    private static void checkOptional(String region) {
        if (!ON_DEMAND.contains(region)) {
            throw VALIDATION_EXCEPTION.with(
                    error -> error.set(
                            error.shape().member("reason").orElseThrow(),
                            ValidationExceptionReason.INVALID_REGION_OPT_TARGET),
                    "The region " + region + " cannot be enabled or disabled.");
        }
    }

    private String status(String region) {
        if (BY_DEFAULT.contains(region)) {
            return RegionOptStatus.ENABLED_BY_DEFAULT;
        }
        return enabled.has(region) ? RegionOptStatus.ENABLED : RegionOptStatus.DISABLED;
    }

    @Override
    public GetRegionOptStatusResponse getRegionOptStatus(GetRegionOptStatusRequest in) {
        return keeper.within(in, () -> {
            if (!BY_DEFAULT.contains(in.regionName()) && !ON_DEMAND.contains(in.regionName())) {
                throw refused("The region " + in.regionName() + " does not exist.");
            }
            return new GetRegionOptStatusResponse()
                    .regionName(in.regionName())
                    .regionOptStatus(status(in.regionName()));
        });
    }

    private static AwsError refused(String message) {
        return VALIDATION_EXCEPTION.because("%s", message);
    }

    @Override
    public ListRegionsResponse listRegions(ListRegionsRequest in) {
        return keeper.within(in, () -> {
            var all = new TreeSet<>(BY_DEFAULT);
            all.addAll(ON_DEMAND);
            List<String> wanted = in.regionOptStatusContains();
            List<String> names = all.stream()
                    .filter(region -> wanted.isEmpty() || wanted.contains(status(region)))
                    .toList();
            Optional<String> token = in.nextToken().filter(text -> !text.isEmpty());
            var paging = new Paging(in.maxResults().orElse(MOST_LISTED), token, () -> refused("The token is invalid."));
            Page<Region> page = kernel.tokens()
                    .page(
                            paging,
                            "",
                            start -> names.stream()
                                    .dropWhile(name ->
                                            start.filter(at -> !at.equals(name)).isPresent()),
                            name -> name)
                    .map(name -> new Region().regionName(name).regionOptStatus(status(name)));
            return new ListRegionsResponse().regions(page.items()).nextToken(page.next());
        });
    }
}
