package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.TreeSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Attributes as the bytes in which they are kept: for each its name, its type and its value, none larger than
/// need be.
public final class ItemCodec {
    private static final int TYPICAL_SIZE = 256;

    private ItemCodec() {}

    public static Blob encode(Map<String, Value> attributes) {
        var out = new Out();
        out.members(attributes);
        return Blob.of(out.bytes.toByteArray());
    }

    public static Map<String, Value> decode(Blob stored) {
        return new In(ByteBuffer.wrap(stored.bytes())).members();
    }

    /// Tells what is stored as the model has it: under each name a map from a type to a value.
    static void tell(Blob stored, TreeSink sink) throws IOException {
        new In(ByteBuffer.wrap(stored.bytes())).tellMembers(sink);
    }

    private record Out(ByteArrayOutputStream bytes) {
        Out() {
            this(new ByteArrayOutputStream(TYPICAL_SIZE));
        }

        void members(Map<String, Value> members) {
            number(members.size());
            for (Map.Entry<String, Value> member : members.entrySet()) {
                text(member.getKey());
                value(member.getValue());
            }
        }

        void value(Value value) {
            bytes.write(value.type().ordinal());
            switch (value) {
                case Value.Scalar scalar -> scalar(scalar);
                case Value.Many set -> {
                    number(set.members().size());
                    set.members().forEach(this::scalar);
                }
                case Value.M map -> members(map.members());
                case Value.L list -> {
                    number(list.elements().size());
                    list.elements().forEach(this::value);
                }
                case Value.Null _ -> {}
                case Value.Bool bool -> bytes.write(bool.truth() ? 1 : 0);
            }
        }

        void scalar(Value.Scalar scalar) {
            switch (scalar) {
                case Value.S text -> text(text.text());
                case Value.N number -> text(number.text());
                case Value.B binary -> block(binary.bytes().bytes());
            }
        }

        void text(String text) {
            block(text.getBytes(StandardCharsets.UTF_8));
        }

        void block(byte[] block) {
            number(block.length);
            bytes.writeBytes(block);
        }

        void number(int number) {
            int rest = number;
            while (rest >= 0x80) {
                bytes.write(rest | 0x80);
                rest >>>= 7;
            }
            bytes.write(rest);
        }
    }

    private record In(ByteBuffer bytes) {
        private static final Value.Null NULL = new Value.Null();

        Map<String, Value> members() {
            int size = number();
            Map<String, Value> members = LinkedHashMap.newLinkedHashMap(size);
            for (int i = 0; i < size; i++) {
                members.put(text(), value());
            }
            return members;
        }

        Value value() {
            Type type = Type.at(bytes.get());
            return switch (type) {
                case S, N, B -> scalar(type);
                case SS, NS, BS -> set(type);
                case M -> new Value.M(members());
                case L -> new Value.L(elements());
                case NULL -> NULL;
                case BOOL -> new Value.Bool(bytes.get() == 1);
            };
        }

        Value.Scalar scalar(Type type) {
            return switch (type) {
                case S -> new Value.S(text());
                case N -> new Value.N(text());
                default -> new Value.B(block());
            };
        }

        Value.Many set(Type type) {
            int size = number();
            Set<Value.Scalar> members = LinkedHashSet.newLinkedHashSet(size);
            for (int i = 0; i < size; i++) {
                members.add(scalar(type.member()));
            }
            return new Value.Many(type, members);
        }

        List<Value> elements() {
            int size = number();
            List<Value> elements = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                elements.add(value());
            }
            return elements;
        }

        void tellMembers(TreeSink sink) throws IOException {
            sink.beginMap();
            for (int rest = number(); rest > 0; rest--) {
                sink.name(text());
                tellValue(sink);
            }
            sink.endMap();
        }

        private void tellValue(TreeSink sink) throws IOException {
            Type type = Type.at(bytes.get());
            sink.beginMap();
            sink.name(type.name());
            switch (type) {
                case S, N, B -> tellScalar(type, sink);
                case SS, NS, BS -> {
                    sink.beginList();
                    for (int rest = number(); rest > 0; rest--) {
                        tellScalar(type.member(), sink);
                    }
                    sink.endList();
                }
                case M -> tellMembers(sink);
                case L -> {
                    sink.beginList();
                    for (int rest = number(); rest > 0; rest--) {
                        tellValue(sink);
                    }
                    sink.endList();
                }
                case NULL -> sink.truth(true);
                case BOOL -> sink.truth(bytes.get() == 1);
            }
            sink.endMap();
        }

        private void tellScalar(Type type, TreeSink sink) throws IOException {
            if (type == Type.B) {
                sink.bytes(block());
            } else {
                int length = number();
                int start = bytes.position();
                bytes.position(start + length);
                sink.text(bytes.array(), start, length);
            }
        }

        String text() {
            int length = number();
            int start = bytes.position();
            bytes.position(start + length);
            return new String(bytes.array(), start, length, StandardCharsets.UTF_8);
        }

        Blob block() {
            byte[] block = new byte[number()];
            bytes.get(block);
            return Blob.of(block);
        }

        int number() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes.get();
                value |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
