package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.Tag;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tags of what S3 Control makes, by ARNs. A resource has an entry as long as it is there.
final class Labels {
    private static final int MOST = 50;

    /// The tags of one resource.
    record Label(String key, Map<String, String> tags) implements Row<String> {}

    private final Table<String, Label> labels;

    Labels(Kernel kernel) {
        this.labels = kernel.table(Label.class, Scope.WORLD);
    }

    static Map<String, String> checked(List<? extends Struct> tags) {
        return Tags.checked(tags.stream().map(Tag::from).toList(), MOST);
    }

    void begin(String arn, List<? extends Struct> tags) {
        put(arn, checked(tags));
    }

    void put(String arn, Map<String, String> tags) {
        labels.put(new Label(arn, tags));
    }

    void end(String arn) {
        labels.remove(arn);
    }

    Optional<Map<String, String>> find(String arn) {
        return labels.find(arn).map(Label::tags);
    }
}
