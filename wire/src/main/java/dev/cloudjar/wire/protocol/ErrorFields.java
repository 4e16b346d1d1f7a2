package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import java.util.Optional;

/// The parts of an error that every protocol writes: message and members.
final class ErrorFields {
    private ErrorFields() {}

    /// The member that carries the message, which models spell `message` or `Message`.
    static Optional<Member> messageMember(StructShape shape) {
        for (Member member : shape.members()) {
            if (member.name().equalsIgnoreCase("message")) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    static boolean isMessage(Member member) {
        return member.name().equalsIgnoreCase("message");
    }

    /// The error as a value of `shape`, its message among the members.
    static Struct struct(AwsError error, StructShape shape) {
        Struct struct = shape.create();
        error.members().ifPresent(struct::copyFrom);
        if (!error.message().isEmpty()) {
            messageMember(shape).ifPresent(member -> struct.set(member, error.message()));
        }
        return struct;
    }

    /// The members of the modelled error, or nothing where it is not modelled.
    static Optional<Struct> struct(AwsError error) {
        Optional<StructShape> shape =
                error.code().shape().or(() -> error.members().map(Struct::shape));
        return shape.map(known -> struct(error, known));
    }
}
