package dev.cloudjar.conformance.client;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.MapShape;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Member.Trait;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.TimestampFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes structures as forms, in the dialects of awsQuery and of EC2.
final class QueryBody {
    private final boolean ec2;
    private final StringBuilder out = new StringBuilder();

    QueryBody(boolean ec2) {
        this.ec2 = ec2;
    }

    String write(String action, String version, Struct input) {
        out.append("Action=").append(action).append("&Version=").append(version);
        struct("", input);
        return out.toString();
    }

    private void struct(String prefix, Struct struct) {
        for (Member member : struct.shape().members()) {
            Object value = struct.get(member);
            if (value != null) {
                member(prefix, member, value);
            }
        }
    }

    private void member(String prefix, Member member, Object value) {
        String name = prefix + member.wire().queryName().orElseGet(() -> ownName(member));
        boolean flat = ec2 || member.is(Trait.FLATTENED);
        switch (member.target()) {
            case ListShape list
            when flat || list.flattened() ->
                list(list.elementName().filter(n -> !ec2).map(n -> prefix + n).orElse(name), list, (List<?>) value);
            case MapShape map when flat || map.flattened() -> map(name, map, (Map<?, ?>) value);
            case Shape other -> value(name, other, value, member.timestampFormat());
        }
    }

    private String ownName(Member member) {
        String name = member.wireName();
        return ec2 ? Character.toUpperCase(name.charAt(0)) + name.substring(1) : name;
    }

    private void value(String name, Shape shape, Object value, Optional<TimestampFormat> format) {
        switch (shape) {
            case ListShape list ->
                list(ec2 ? name : name + "." + list.elementName().orElse("member"), list, (List<?>) value);
            case MapShape map -> map(name + ".entry", map, (Map<?, ?>) value);
            case Shape other when value instanceof Struct struct -> struct(name + ".", struct);
            case Shape scalar ->
                field(
                        name,
                        Scalar.text(value, format.or(() -> scalar.constraints().timestampFormat())));
        }
    }

    private void list(String name, ListShape shape, List<?> values) {
        if (values.isEmpty()) {
            field(name, "");
        }
        int number = 1;
        for (Object value : values) {
            value(name + "." + number++, shape.element(), value, Optional.empty());
        }
    }

    private void map(String name, MapShape shape, Map<?, ?> values) {
        int number = 1;
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            String place = name + "." + number++ + ".";
            field(place + shape.keyName().orElse("key"), (String) entry.getKey());
            value(place + shape.valueName().orElse("value"), shape.value(), entry.getValue(), Optional.empty());
        }
    }

    private void field(String name, String value) {
        out.append('&').append(Scalar.encoded(name)).append('=').append(Scalar.encoded(value));
    }
}
