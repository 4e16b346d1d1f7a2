package dev.cloudjar.app.style;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.cloudjar.kernel.Service;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The fields of all objects that live as long as a service: its own, and those of the objects that they hold
/// in their turn. What lives for one call, such as a stream, may remember where it is, and a service may list
/// its parts.
final class Held extends DescribedPredicate<JavaField> {
    private final Set<JavaClass> holders = new HashSet<>();

    Held(JavaClasses all) {
        super("a service holds");
        var open = new ArrayDeque<JavaClass>();
        all.stream().filter(type -> type.isAssignableTo(Service.class)).forEach(open::add);
        while (!open.isEmpty()) {
            JavaClass holder = open.remove();
            if (!holder.isRecord() && holders.add(holder)) {
                holder.getFields().stream()
                        .map(JavaField::getRawType)
                        .filter(type -> type.getPackageName().startsWith(holder.getPackageName()))
                        .forEach(open::add);
            }
        }
    }

    @Override
    public boolean test(JavaField field) {
        boolean parts = field.getRawType().isEquivalentTo(List.class)
                && field.getOwner().isAssignableTo(Service.class);
        return holders.contains(field.getOwner())
                && !parts
                && !field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }
}
