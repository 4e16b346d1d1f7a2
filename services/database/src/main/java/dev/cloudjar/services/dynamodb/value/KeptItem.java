package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.TreeSink;
import dev.cloudjar.model.TreeSource;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The attributes of an item as it is stored: written into an answer from there, and made into a map of
/// structures only for those who look at them.
public final class KeptItem<A extends Struct> extends AbstractMap<String, A> implements TreeSource {
    private final Blob stored;
    private final Supplier<A> shape;
    private @Nullable Map<String, A> made;

    public KeptItem(Blob stored, Supplier<A> shape) {
        this.stored = stored;
        this.shape = shape;
    }

    @Override
    public void writeTo(TreeSink sink) throws IOException {
        ItemCodec.tell(stored, sink);
    }

    @Override
    public Set<Entry<String, A>> entrySet() {
        Map<String, A> all = made;
        if (all == null) {
            all = AttributeValues.write(ItemCodec.decode(stored), shape);
            made = all;
        }
        return all.entrySet();
    }
}
