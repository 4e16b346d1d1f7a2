package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Struct;

/// Storage Lens groups: filters over objects that an account gives a name.
final class LensGroups implements S3Control {
    private static final int MOST = 50;

    /// One group.
    record Group(String key, String document) implements Row<String> {
        StorageLensGroup read() {
            return StructJson.read(document, new StorageLensGroup());
        }
    }

    private final Table<String, Group> groups;
    private final Labels labels;

    LensGroups(Parts parts) {
        this.groups = parts.kernel().table(Group.class);
        this.labels = new Labels(parts.kernel());
    }

    private Group get(String name) {
        return groups.find(name)
                .orElseThrow(() -> Refusals.of("NoSuchResource", 404, "The specified resource doesn't exist."));
    }

    private static String arn(String name) {
        return Arn.here(S3Service.ID, "storage-lens-group/" + name).toString();
    }

    /// A filter says one thing, or joins several by `And` or `Or`.
    private static void check(StorageLensGroup group) {
        StorageLensGroupFilter filter = group.filter();
        long said = said(filter);
        boolean joined = filter.and().map(LensGroups::said).orElse(2L) > 1
                && filter.or().map(LensGroups::said).orElse(2L) > 1;
        if (said != 1 || !joined) {
            throw Refusals.malformedXml();
        }
    }

    private static long said(Struct filter) {
        return filter.shape().members().stream()
                .filter(member -> filter.get(member) != null)
                .count();
    }

    @Override
    public CreateStorageLensGroupResponse createStorageLensGroup(CreateStorageLensGroupRequest in) {
        StorageLensGroup wanted = in.storageLensGroup();
        check(wanted);
        if (groups.count(Span.ALL) >= MOST) {
            throw Refusals.of("TooManyStorageLensGroups", 400, "You have reached the limit of Storage Lens groups.");
        }
        wanted.storageLensGroupArn(arn(wanted.name()));
        if (!groups.create(new Group(wanted.name(), StructJson.write(wanted)))) {
            throw Refusals.of(
                    "StorageLensGroupAlreadyExists", 409, "A Storage Lens group of this name exists already.");
        }
        labels.begin(arn(wanted.name()), in.tags());
        return new CreateStorageLensGroupResponse();
    }

    @Override
    public GetStorageLensGroupResult getStorageLensGroup(GetStorageLensGroupRequest in) {
        return new GetStorageLensGroupResult().storageLensGroup(get(in.name()).read());
    }

    @Override
    public UpdateStorageLensGroupResponse updateStorageLensGroup(UpdateStorageLensGroupRequest in) {
        get(in.name());
        StorageLensGroup wanted = in.storageLensGroup();
        if (!wanted.name().equals(in.name())) {
            throw Refusals.request("The name of a Storage Lens group cannot be changed");
        }
        check(wanted);
        wanted.storageLensGroupArn(arn(in.name()));
        groups.put(new Group(in.name(), StructJson.write(wanted)));
        return new UpdateStorageLensGroupResponse();
    }

    @Override
    public DeleteStorageLensGroupResponse deleteStorageLensGroup(DeleteStorageLensGroupRequest in) {
        groups.remove(get(in.name()).key());
        labels.end(arn(in.name()));
        return new DeleteStorageLensGroupResponse();
    }

    @Override
    public ListStorageLensGroupsResult listStorageLensGroups(ListStorageLensGroupsRequest in) {
        Lens.checkFirst(in.nextToken());
        return new ListStorageLensGroupsResult()
                .storageLensGroupList(groups.rows(Span.ALL)
                        .map(group -> new ListStorageLensGroupEntry()
                                .name(group.key())
                                .storageLensGroupArn(arn(group.key()))
                                .homeRegion(Call.current().region()))
                        .toList());
    }
}
