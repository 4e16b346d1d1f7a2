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
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Loads the classes of one service with every fault that can be made in them, each of which is there only when
/// [Switch] says so: so all mutants of a service are one set of classes. Kernel and model are those of everybody.
final class MutantLoader extends ClassLoader {
    private final String prefix;
    private final List<Mutant> mutants = new ArrayList<>();
    private final Map<String, Integer> ofTheSame = new HashMap<>();

    MutantLoader(Class<?> service) {
        super(service.getClassLoader());
        this.prefix = service.getPackageName() + ".";
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

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] changed = changed(in.readAllBytes(), name.substring(prefix.length()));
            return defineClass(name, changed, 0, changed.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
