package dev.cloudjar.model.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.digest.DigestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Walks AWS's JSON beside the schema made of it: what the one says, the other says.
class FaithTest {
    @Test
    void everySchemaSaysWhatItsModelSays() throws IOException {
        Path data = Botocore.data();
        int operations = 0;
        for (String id : new DigestFiles(Path.of("src", "main", "digests")).ids()) {
            if (Files.isDirectory(data.resolve(id))) {
                Json model = read(data.resolve(id));
                ServiceSchema service = BotocoreModel.schema(BotocoreModel.digest(id, model));
                operations += compare(model, service);
            }
        }
        assertThat(operations).isPositive();
    }

    private static Json read(Path service) throws IOException {
        return BotocoreData.file(BotocoreData.newest(service), "service-2.json");
    }

    private static int compare(Json model, ServiceSchema service) {
        Json operations = model.object("operations");
        assertThat(service.operations()).hasSameSizeAs(operations.names());
        for (OperationSchema operation : service.operations()) {
            compare(operations.object(operation.name()), operation);
        }
        Json shapes = model.object("shapes");
        for (String name : shapes.names()) {
            compare(shapes.object(name), service.shape(name).orElseThrow());
        }
        return operations.names().size();
    }

    private static void compare(Json model, OperationSchema operation) {
        Json http = model.object("http");
        assertThat(operation.http().uri()).isEqualTo(http.text("requestUri").orElse("/"));
        assertThat(operation.http().method()).isEqualTo(http.text("method").orElse("POST"));
        assertThat(operation.http().status())
                .isEqualTo(http.text("responseCode").map(Integer::parseInt).orElse(200));
        model.object("input")
                .text("shape")
                .ifPresent(input -> assertThat(operation.input().name()).isEqualTo(input));
        model.object("output")
                .text("shape")
                .ifPresent(output -> assertThat(operation.output().name()).isEqualTo(output));
        List<String> errors = model.objects("errors").stream()
                .flatMap(e -> e.text("shape").stream())
                .distinct()
                .toList();
        assertThat(operation.errors()).extracting(Shape::name).isEqualTo(errors);
    }

    private static void compare(Json model, Shape shape) {
        switch (shape) {
            case StructShape structure -> members(model, structure);
            case ListShape list -> {
                assertThat(list.element().name())
                        .isEqualTo(model.object("member").text("shape").orElseThrow());
                assertThat(list.elementName()).isEqualTo(model.object("member").text("locationName"));
                assertThat(list.flattened()).isEqualTo(model.flag("flattened"));
            }
            case MapShape map -> {
                assertThat(map.key().name())
                        .isEqualTo(model.object("key").text("shape").orElseThrow());
                assertThat(map.value().name())
                        .isEqualTo(model.object("value").text("shape").orElseThrow());
                assertThat(map.keyName()).isEqualTo(model.object("key").text("locationName"));
            }
            default -> assertThat(shape.type().name()).isEqualToIgnoringCase(plain(model));
        }
        if (!(shape instanceof StructShape)) {
            constraints(model, shape);
        }
    }

    private static String plain(Json model) {
        return model.flag("document") ? "document" : model.text("type").orElseThrow();
    }

    private static void constraints(Json model, Shape shape) {
        assertThat(shape.constraints().values()).isEqualTo(model.texts("enum"));
        assertThat(shape.constraints().pattern()).isEqualTo(model.text("pattern"));
        assertThat(shape.constraints().min().map(Number::doubleValue))
                .isEqualTo(model.text("min").map(Double::valueOf));
        assertThat(shape.constraints().max().map(Number::doubleValue))
                .isEqualTo(model.text("max").map(Double::valueOf));
    }

    private static void members(Json model, StructShape shape) {
        Json members = model.object("members");
        Set<String> required = Set.copyOf(model.texts("required"));
        assertThat(shape.members()).extracting(Member::name).containsExactlyElementsOf(members.names());
        for (Member member : shape.members()) {
            Json line = members.object(member.name());
            assertThat(member.is(Trait.REQUIRED)).isEqualTo(required.contains(member.name()));
            assertThat(member.is(Trait.PAYLOAD))
                    .isEqualTo(model.text("payload").equals(java.util.Optional.of(member.name())));
            line.text("locationName")
                    .ifPresent(name -> assertThat(member.wireName()).isEqualTo(name));
            if (!line.has("enum")) {
                assertThat(member.target().name()).isEqualTo(line.text("shape").orElseThrow());
            }
        }
        model.object("error")
                .text("httpStatusCode")
                .map(Integer::parseInt)
                .ifPresent(status ->
                        assertThat(shape.error().orElseThrow().status()).isEqualTo(status));
    }
}
