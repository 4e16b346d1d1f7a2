package dev.cloudjar.services.account;

import dev.cloudjar.api.Account;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Regions;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The regions of AWS, of which the newer ones must be enabled before an account uses them.
final class RegionList implements Account, Regions {
    private static final int MOST_LISTED = 50;

    /// A region that the account has enabled, or disabled again.
    record Enabled(String key, boolean off) implements Row<String> {}

    private final Kernel kernel;
    private final Keeper keeper;
    private final Table<String, Enabled> enabled;

    RegionList(Kernel kernel, Keeper keeper) {
        this.kernel = kernel;
        this.keeper = keeper;
        this.enabled = kernel.table(Enabled.class, Scope.ACCOUNT);
    }

    @Override
    public EnableRegionResponse enableRegion(EnableRegionRequest in) {
        return keeper.within(in, () -> {
            checkOptional(in.regionName());
            enabled.put(new Enabled(in.regionName(), false));
            return new EnableRegionResponse();
        });
    }

    @Override
    public DisableRegionResponse disableRegion(DisableRegionRequest in) {
        return keeper.within(in, () -> {
            checkOptional(in.regionName());
            enabled.put(new Enabled(in.regionName(), true));
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
        boolean open = enabled.find(region).filter(row -> !row.off()).isPresent();
        return open ? RegionOptStatus.ENABLED : RegionOptStatus.DISABLED;
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

    @Override
    public Optional<Boolean> choice(String account, String region) {
        return Call.current().in(account).run(() -> enabled.find(region).map(row -> !row.off()));
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
