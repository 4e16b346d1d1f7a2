package dev.cloudjar.conformance.mutants;

import dev.cloudjar.conformance.mutants.Mutant.Fault;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Loads the classes of one service with every fault that can be made in them, each of which is there only when
/// [Switch] says so: so all mutants of a service are one set of classes. Kernel and model are those of everybody.
/// What services of one package share is the first one's, with whose laws its faults are tried.
final class MutantLoader extends ClassLoader {
    private static final String API = "dev.cloudjar.api.";

    private final String prefix;
    private final Set<String> shared = new HashSet<>();
    private final List<Mutant> mutants = new ArrayList<>();
    private final Map<String, Integer> ofTheSame = new HashMap<>();

    /// `before` are the services that come before it.
    MutantLoader(Class<?> service, List<Service> before) {
        super(service.getClassLoader());
        this.prefix = service.getPackageName() + ".";
        before.stream()
                .filter(other -> other.getClass().getName().startsWith(prefix))
                .forEach(other -> shared.addAll(needed(other)));
    }

    /// The classes of the package that `service` needs, but for those that answer operations of others.
    private Set<String> needed(Service service) {
        Set<String> answered = service.parts().stream()
                .flatMap(part -> Arrays.stream(part.getClass().getInterfaces()))
                .map(Class::getName)
                .collect(Collectors.toSet());
        var found = new HashSet<>(Set.of(service.getClass().getName()));
        for (var open = new ArrayDeque<>(found); !open.isEmpty(); ) {
            for (PoolEntry entry : ClassFile.of().parse(read(open.remove())).constantPool()) {
                String name = entry instanceof ClassEntry other ? named(other) : "";
                if (name.startsWith(prefix)
                        && ClassFile.of().parse(read(name)).interfaces().stream()
                                .map(MutantLoader::named)
                                .filter(api -> api.startsWith(API) || api.equals(Service.class.getName()))
                                .allMatch(answered::contains)
                        && found.add(name)) {
                    open.add(name);
                }
            }
        }
        return found;
    }

    private static String named(ClassEntry entry) {
        return entry.asInternalName().replace('/', '.');
    }

    private byte[] read(String name) {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The mutants of all classes loaded so far.
    List<Mutant> mutants() {
        return mutants;
    }

    /// The service made of these classes.
    Service make(String name, Kernel kernel) {
        try {
            return (Service) loadClass(name).getConstructor(Kernel.class).newInstance(kernel);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.startsWith(prefix) ? define(name) : super.loadClass(name, resolve);
        }
    }

    private Class<?> define(String name) {
        byte[] original = read(name);
        byte[] changed = shared.contains(name) ? original : changed(original, name.substring(prefix.length()));
        return defineClass(name, changed, 0, changed.length);
    }

    private byte[] changed(byte[] original, String name) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(original);
        return format.transformClass(model, (out, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                CodeModel code = method.code().get();
                var numbers = new Numbers(name + "." + named(method));
                out.transformMethod(method, (methodOut, part) -> {
                    if (part instanceof CodeModel) {
                        methodOut.withCode(codeOut -> new Faults(code, numbers.again()).write(codeOut));
                    } else {
                        methodOut.with(part);
                    }
                });
            } else {
                out.with(element);
            }
        });
    }

    /// The numbers of the faults in one method, which are the same however often it is written.
    private final class Numbers {
        private final String place;
        private final List<Integer> given = new ArrayList<>();
        private int next;

        Numbers(String place) {
            this.place = place;
        }

        BiFunction<Fault, Integer, Integer> again() {
            next = 0;
            return this::number;
        }

        private int number(Fault fault, int line) {
            if (next == given.size()) {
                int which = ofTheSame.merge(place + fault, 1, Integer::sum);
                given.add(mutants.size());
                mutants.add(new Mutant(mutants.size(), fault, place, which, line));
            }
            return given.get(next++);
        }
    }

    /// The methods that a compiler makes for lambdas count as that in which they are written.
    private static String named(MethodModel method) {
        return method.methodName().stringValue().replaceFirst("^lambda\\$(\\w+)\\$\\d+$", "$1");
    }

    /// Loads every class of the service, so that all mutants are known.
    void loadAll(Class<?> service) {
        Path root = Path.of(URI.create(
                service.getProtectionDomain().getCodeSource().getLocation().toString()));
        try (FileSystem jar = Files.isDirectory(root) ? null : FileSystems.newFileSystem(root)) {
            Path top = jar == null ? root : jar.getPath("/");
            try (Stream<Path> files = Files.walk(top.resolve(prefix.replace('.', '/')))) {
                for (Path file : files.sorted().toList()) {
                    String name = top.relativize(file).toString();
                    // A class that was compiled earlier may have gone since.
                    if (name.endsWith(".class")
                            && !name.endsWith("package-info.class")
                            && getParent().getResource(name) != null) {
                        loadClass(name.substring(0, name.length() - ".class".length())
                                .replace('/', '.'));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
