package dev.cloudjar.conformance;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/// Has Terraform begin first: it waits two minutes while others work. Nobody depends on it.
public final class SlowestFirst implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparing(SlowestFirst::isQuick));
    }

    private static boolean isQuick(ClassDescriptor tests) {
        return !tests.getTestClass().getSimpleName().equals("TerraformTest");
    }
}
