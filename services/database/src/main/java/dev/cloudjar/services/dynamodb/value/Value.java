package dev.cloudjar.services.dynamodb.value;

import dev.cloudjar.kernel.Utf8;
import dev.cloudjar.model.Blob;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The value of an attribute. Equal values are equal as DynamoDB compares them: numbers by value, sets without
/// order.
public sealed interface Value {
    Type type();

    /// A value that can be a key or a member of a set.
    sealed interface Scalar extends Value {
        /// The order of values of one type: numbers by value, text by its UTF-8 bytes, binary unsigned.
        int compareTo(Scalar other);
    }

    /// A string.
    record S(String text) implements Scalar {
        @Override
        public Type type() {
            return Type.S;
        }

        @Override
        public int compareTo(Scalar other) {
            return Utf8.compare(text, ((S) other).text);
        }
    }

    /// A number in its normal form, so that equal numbers have equal text.
    record N(String text) implements Scalar {
        public static N of(BigDecimal number) {
            return new N(Numbers.normal(number));
        }

        public static N of(long number) {
            return new N(Long.toString(number));
        }

        public BigDecimal decimal() {
            return new BigDecimal(text);
        }

        @Override
        public Type type() {
            return Type.N;
        }

        @Override
        public int compareTo(Scalar other) {
            return decimal().compareTo(((N) other).decimal());
        }
    }

    /// Bytes.
    record B(Blob bytes) implements Scalar {
        @Override
        public Type type() {
            return Type.B;
        }

        @Override
        public int compareTo(Scalar other) {
            return bytes.compareTo(((B) other).bytes);
        }
    }

    /// A set of strings, numbers or binaries; never empty.
    record Many(Type type, Set<Scalar> members) implements Value {
        public static Many of(Type member, Set<Scalar> members) {
            return new Many(member.set(), members);
        }

        public Many with(Many more) {
            var all = new LinkedHashSet<>(members);
            all.addAll(more.members);
            return new Many(type, all);
        }

        public Set<Scalar> without(Many less) {
            var rest = new LinkedHashSet<>(members);
            rest.removeAll(less.members);
            return rest;
        }
    }

    /// A map.
    record M(Map<String, Value> members) implements Value {
        @Override
        public Type type() {
            return Type.M;
        }
    }

    /// A list.
    record L(List<Value> elements) implements Value {
        @Override
        public Type type() {
            return Type.L;
        }
    }

    /// Null, which is a value.
    record Null() implements Value {
        @Override
        public Type type() {
            return Type.NULL;
        }
    }

    /// True or false.
    record Bool(boolean truth) implements Value {
        @Override
        public Type type() {
            return Type.BOOL;
        }
    }
}
