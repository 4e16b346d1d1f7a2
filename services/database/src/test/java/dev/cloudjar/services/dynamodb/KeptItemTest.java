package dev.cloudjar.services.dynamodb;

import static dev.cloudjar.services.dynamodb.Database.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.DynamoDb.AttributeValue;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.TreeSink;
import dev.cloudjar.services.dynamodb.value.AttributeValues;
import dev.cloudjar.services.dynamodb.value.ItemCodec;
import dev.cloudjar.services.dynamodb.value.ItemJson;
import dev.cloudjar.services.dynamodb.value.KeptItem;
import dev.cloudjar.services.dynamodb.value.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// An item is told as it is stored, and looks like any other map to those who look.
class KeptItemTest {
    private static final Map<String, AttributeValue> ITEM = item(
            "text", "ä\"\\x\u0000\ud83d\ude00",
            "none", "",
            "number", new AttributeValue().n("-12.5"),
            "bytes", new AttributeValue().b(Blob.of(new byte[] {0, -1, 7})),
            "texts", new AttributeValue().ss(List.of("a", "b")),
            "numbers", new AttributeValue().ns(List.of("1", "2")),
            "blobs", new AttributeValue().bs(List.of(Blob.of("x"))),
            "map", new AttributeValue().m(item("in", new AttributeValue().l(List.of(new AttributeValue().s("deep"))))),
            "empty", new AttributeValue().m(Map.of()),
            "list", new AttributeValue().l(List.of()),
            "null", new AttributeValue().null_(true),
            "yes", new AttributeValue().bool(true),
            "no", new AttributeValue().bool(false));

    private final Map<String, Value> values = AttributeValues.read(ITEM);
    private final KeptItem<AttributeValue> kept = new KeptItem<>(ItemCodec.encode(values), AttributeValue::new);

    @Test
    void itIsToldAsItIs() throws IOException {
        var told = new Told();

        kept.writeTo(told);

        assertThat(Json.object(told.text.toString())).contains(ItemJson.tree(values));
    }

    @Test
    void itEqualsTheMapThatWasStored() {
        assertThat(kept).isEqualTo(ITEM).hasSameHashCodeAs(ITEM);
        assertThat(kept.get("yes")).isEqualTo(new AttributeValue().bool(true));
    }

    /// Writes down what it is told, as JSON.
    private static final class Told implements TreeSink {
        private final StringBuilder text = new StringBuilder();

        private void comma() {
            if (!text.isEmpty() && "{[:".indexOf(text.charAt(text.length() - 1)) < 0) {
                text.append(',');
            }
        }

        @Override
        public void beginMap() {
            comma();
            text.append('{');
        }

        @Override
        public void name(String name) {
            comma();
            text.append(Json.write(name)).append(':');
        }

        @Override
        public void endMap() {
            text.append('}');
        }

        @Override
        public void beginList() {
            comma();
            text.append('[');
        }

        @Override
        public void endList() {
            text.append(']');
        }

        @Override
        public void text(byte[] utf8, int from, int length) {
            comma();
            text.append(Json.write(new String(utf8, from, length, StandardCharsets.UTF_8)));
        }

        @Override
        public void bytes(Blob bytes) {
            comma();
            text.append(Json.write(bytes.base64()));
        }

        @Override
        public void truth(boolean value) {
            comma();
            text.append(value);
        }
    }
}
