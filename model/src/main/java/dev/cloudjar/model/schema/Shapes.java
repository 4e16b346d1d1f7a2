package dev.cloudjar.model.schema;

import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.StructShape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The shapes of one service by number, each built when first asked for and then always the same.
final class Shapes implements ServiceSchema.Shapes {
    private final Slot[] slots;
    private final Strings strings;
    private final ShapeBuilder builder;

    /// Reads the index at which `in` stands and leaves `in` behind the last shape.
    Shapes(byte[] bytes, ByteReader in, Strings strings, StructShape.Maker maker) {
        this.strings = strings;
        this.builder = new ShapeBuilder(this, at -> new ByteReader(bytes, at, strings), maker);
        int count = in.number();
        this.slots = new Slot[count];
        for (int i = 0; i < count; i++) {
            int name = in.number();
            int length = in.number();
            slots[i] = new Slot(i, name, in.at());
            in.skip(length);
        }
    }

    @Override
    public List<String> names() {
        return Arrays.stream(slots).map(Slot::name).toList();
    }

    @Override
    public @Nullable Shape find(String name) {
        int low = 0;
        int high = slots.length - 1;
        while (low <= high) {
            Slot middle = slots[(low + high) >>> 1];
            int order = middle.name().compareTo(name);
            if (order == 0) {
                return middle.get();
            }
            if (order < 0) {
                low = middle.number + 1;
            } else {
                high = middle.number - 1;
            }
        }
        return null;
    }

    Supplier<Shape> shape(int number) {
        return slots[number];
    }

    Supplier<StructShape> structure(int number) {
        Slot slot = slots[number];
        return slot::structure;
    }

    Supplier<List<StructShape>> structures(int... numbers) {
        return () -> Arrays.stream(numbers).mapToObj(n -> slots[n].structure()).toList();
    }

    /// One shape, built or not. Shapes are immutable, so that reading the field without a lock is safe; building takes
    /// the lock so that there is only ever one.
    private final class Slot implements Supplier<Shape> {
        private final int number;
        private final int name;
        private final int at;
        private @Nullable Shape shape;

        Slot(int number, int name, int at) {
            this.number = number;
            this.name = name;
            this.at = at;
        }

        String name() {
            return strings.get(name);
        }

        @Override
        public Shape get() {
            Shape known = shape;
            return known != null ? known : build();
        }

        private synchronized Shape build() {
            if (shape == null) {
                shape = builder.build(name(), number, at);
            }
            return shape;
        }

        StructShape structure() {
            if (get() instanceof StructShape structure) {
                return structure;
            }
            throw new IllegalStateException(name() + " is not a structure");
        }
    }
}
