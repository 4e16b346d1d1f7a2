package dev.cloudjar.services.s3;

import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.StructJson;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// The documents by which a bucket is configured, each kept as it came under a name of ours, and the ids of
/// those of which a bucket has several.
final class Documents {
    /// One document; `id` is empty where a bucket has only one of its name.
    record Document(Key key, String json) implements Row<Document.Key> {
        record Key(String bucket, String name, String id) {}
    }

    private final Table<Document.Key, Document> documents;
    private final Kernel kernel;

    Documents(Kernel kernel) {
        this.kernel = kernel;
        this.documents = kernel.table(Document.class, Scope.WORLD);
    }

    void put(OwnedBucket bucket, String name, String id, Struct document) {
        documents.put(new Document(new Document.Key(bucket.name(), name, id), StructJson.write(document)));
    }

    /// The document called `name`, read into `as`; nothing where the bucket has none.
    <S extends Struct> Optional<S> find(OwnedBucket bucket, String name, S as) {
        return bucket.has(name) ? find(bucket, name, "", as) : Optional.empty();
    }

    <S extends Struct> Optional<S> find(OwnedBucket bucket, String name, String id, S as) {
        return kernel.transact(() -> documents.find(new Document.Key(bucket.name(), name, id)))
                .map(document -> StructJson.read(document.json(), as));
    }

    Optional<Document> find(OwnedBucket bucket, String name, String id) {
        return documents.find(new Document.Key(bucket.name(), name, id));
    }

    boolean remove(OwnedBucket bucket, String name, String id) {
        return documents.remove(new Document.Key(bucket.name(), name, id));
    }

    /// The texts of all documents called `name`, in the order of their ids.
    List<Document> all(OwnedBucket bucket, String name) {
        return documents.rows(Span.under(bucket.name(), name)).toList();
    }

    void removeAll(String bucket) {
        documents.rows(Span.under(bucket)).toList().forEach(document -> documents.remove(document.key()));
    }
}
