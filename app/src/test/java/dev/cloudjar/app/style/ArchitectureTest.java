package dev.cloudjar.app.style;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Which way the arrows between packages point, and where state may live.
class ArchitectureTest {
    private static final String MODEL = "dev.cloudjar.model..";
    private static final String KERNEL = "dev.cloudjar.kernel..";
    private static final String WIRE = "dev.cloudjar.wire..";
    private static final String SERVICES = "dev.cloudjar.services..";
    private static final String APP = "dev.cloudjar.app..";

    @TestFactory
    Stream<DynamicTest> theCodeKeepsTo() {
        JavaClasses main = Compiled.of(Checkout.find()).main();
        assertThat(main).isNotEmpty();
        return Stream.of(arrows(), cycles(), services(main))
                .flatMap(List::stream)
                .map(rule -> rule.allowEmptyShould(true))
                .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(main)));
    }

    private static List<ArchRule> arrows() {
        return List.of(
                slices().matching("dev.cloudjar.services.(*)..")
                        .should()
                        .notDependOnEachOther()
                        .because("a service reaches another through an ARN or an event, never through its classes"),
                arrow(MODEL, KERNEL, WIRE, SERVICES, APP).because("the model is AWS's, and knows nothing of ours"),
                arrow(KERNEL, WIRE, SERVICES, APP).because("arrows point at the kernel; it names no service"),
                arrow(WIRE, SERVICES, APP).because("the wire speaks for every service alike"),
                arrow(SERVICES, WIRE, APP, "io.netty..", "com.fasterxml.jackson..", "java.net.http..", "javax.xml..")
                        .because("formats are the wire's alone"));
    }

    private static ArchRule arrow(String from, String... to) {
        return noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to);
    }

    private static List<ArchRule> cycles() {
        return Stream.of("kernel", "wire")
                .map(module -> slices().matching("dev.cloudjar.(" + module + "..)")
                        .should()
                        .beFreeOfCycles()
                        .as("the packages of " + module + " should be free of cycles"))
                .map(ArchRule.class::cast)
                .toList();
    }

    private static List<ArchRule> services(JavaClasses main) {
        return List.of(
                fields().that(new Held(main))
                        .should()
                        .beFinal()
                        .andShould()
                        .notHaveRawType(assignableTo(Map.class).or(assignableTo(Collection.class)))
                        .because("state lives in tables"),
                noClasses()
                        .that()
                        .resideInAPackage(SERVICES)
                        .should()
                        .dependOnClassesThat(assignableTo(Executor.class)
                                .or(assignableTo(Future.class))
                                .or(assignableTo(Lock.class))
                                .or(assignableTo(Thread.class)))
                        .because("time, chance and threads are the kernel's"));
    }
}
