package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import java.util.Map;
import java.util.Optional;

/// Storage Lens: the dashboards that an account has configured, and what is to be exported of them.
final class Lens implements S3Control {
    private static final int MOST = 50;

    /// One configuration, in the region from which it was put.
    record Dashboard(String key, String region, String document, Map<String, String> tags) implements Row<String> {
        Dashboard with(Map<String, String> other) {
            return new Dashboard(key, region, document, other);
        }

        StorageLensConfiguration read() {
            return StructJson.read(document, new StorageLensConfiguration());
        }
    }

    private final Table<String, Dashboard> dashboards;
    private final LensExport export;
    private final Activity activity;

    Lens(Parts parts, LensExport export) {
        this.export = export;
        this.activity = new Activity(parts.kernel());
        this.dashboards = parts.kernel().table(Dashboard.class, dev.cloudjar.kernel.Scope.ACCOUNT);
    }

    private Dashboard get(String id) {
        return dashboards
                .find(id)
                .orElseThrow(
                        () -> Refusals.of("NoSuchConfiguration", 404, "The specified configuration does not exist."));
    }

    private static String arn(String id) {
        return Arn.here(S3Service.ID, "storage-lens/" + id).toString();
    }

    @Override
    public PutStorageLensConfigurationResponse putStorageLensConfiguration(PutStorageLensConfigurationRequest in) {
        StorageLensConfiguration wanted = in.storageLensConfiguration();
        if (!wanted.id().equals(in.configId())) {
            throw Refusals.request("The id of the configuration must be that of the request");
        }
        if (wanted.include().isPresent() && wanted.exclude().isPresent()) {
            throw Refusals.request("Include and Exclude cannot both be specified");
        }
        Optional<Dashboard> before = dashboards.find(in.configId());
        if (before.isEmpty() && dashboards.count(Span.ALL) >= MOST) {
            throw Refusals.of(
                    "TooManyConfigurations", 400, "You have reached the limit of Storage Lens configurations.");
        }
        Map<String, String> tags =
                in.tags().isEmpty() ? before.map(Dashboard::tags).orElse(Map.of()) : Labels.checked(in.tags());
        String region = dev.cloudjar.kernel.Call.current().region();
        wanted.storageLensArn(arn(in.configId()));
        dashboards.put(new Dashboard(in.configId(), region, StructJson.write(wanted), tags));
        export.schedule(in.configId(), wanted);
        watch();
        return new PutStorageLensConfigurationResponse();
    }

    @Override
    public GetStorageLensConfigurationResult getStorageLensConfiguration(GetStorageLensConfigurationRequest in) {
        return new GetStorageLensConfigurationResult()
                .storageLensConfiguration(get(in.configId()).read());
    }

    @Override
    public DeleteStorageLensConfigurationResponse deleteStorageLensConfiguration(
            DeleteStorageLensConfigurationRequest in) {
        dashboards.remove(get(in.configId()).key());
        watch();
        return new DeleteStorageLensConfigurationResponse();
    }

    private void watch() {
        activity.watch(dashboards.rows(Span.ALL).map(Dashboard::read));
    }

    @Override
    public ListStorageLensConfigurationsResult listStorageLensConfigurations(ListStorageLensConfigurationsRequest in) {
        checkFirst(in.nextToken());
        return new ListStorageLensConfigurationsResult()
                .storageLensConfigurationList(dashboards
                        .rows(Span.ALL)
                        .map(one -> new ListStorageLensConfigurationEntry()
                                .id(one.key())
                                .storageLensArn(one.read().storageLensArn().orElse(""))
                                .homeRegion(one.region())
                                .isEnabled(one.read().isEnabled()))
                        .toList());
    }

    /// There are never so many that a page does not hold them all, so that no token is one of ours.
    static void checkFirst(Optional<String> token) {
        if (token.isPresent()) {
            throw badToken();
        }
    }

    static AwsError badToken() {
        return Refusals.of("InvalidRequest", 400, "The specified next token is not valid.");
    }

    @Override
    public PutStorageLensConfigurationTaggingResult putStorageLensConfigurationTagging(
            PutStorageLensConfigurationTaggingRequest in) {
        dashboards.put(get(in.configId()).with(Labels.checked(in.tags())));
        return new PutStorageLensConfigurationTaggingResult();
    }

    @Override
    public GetStorageLensConfigurationTaggingResult getStorageLensConfigurationTagging(
            GetStorageLensConfigurationTaggingRequest in) {
        return new GetStorageLensConfigurationTaggingResult()
                .tags(get(in.configId()).tags().entrySet().stream()
                        .map(tag -> new StorageLensTag().key(tag.getKey()).value(tag.getValue()))
                        .toList());
    }

    @Override
    public DeleteStorageLensConfigurationTaggingResult deleteStorageLensConfigurationTagging(
            DeleteStorageLensConfigurationTaggingRequest in) {
        dashboards.put(get(in.configId()).with(Map.of()));
        return new DeleteStorageLensConfigurationTaggingResult();
    }
}
