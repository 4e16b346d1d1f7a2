package dev.cloudjar.kernel;

import dev.cloudjar.model.Api;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A service of one table that notes what its tasks and deliveries say, and at what time. `toFail` of them fail
/// first.
final class Notes implements Service {
    static final String ID = "notes";
    static final StructShape INPUT = shape("WriteInput");
    static final ServiceSchema SCHEMA = schema();

    record Note(Long key, String text, Instant at) implements Row<Long> {}

    private final Kernel kernel;
    private final Table<Long, Note> notes;
    private final AtomicInteger toFail;

    Notes(Kernel kernel, AtomicInteger toFail) {
        this.kernel = kernel;
        this.notes = kernel.table(Note.class);
        this.toFail = toFail;
    }

    static Service.Entry entry(AtomicInteger toFail) {
        return new Service.Entry(ID, kernel -> new Notes(kernel, toFail));
    }

    static Notes in(World world) {
        return (Notes) world.service(ID).orElseThrow().service();
    }

    private static StructShape shape(String name) {
        var text = new Member(
                "Text", 0, () -> new Shape("Text", Type.STRING, Shape.Constraints.NONE), Member.Wire.BODY, Set.of());
        return new StructShape(name, List.of(text), StructShape.Facts.PLAIN, Write::new);
    }

    private static ServiceSchema schema() {
        var facts = new ServiceSchema.Facts(
                ID,
                "Notes",
                "Notes",
                "2026-01-01",
                ID,
                ID,
                List.of(Protocol.AWS_JSON_1_0),
                Optional.empty(),
                Optional.empty(),
                false);
        return new ServiceSchema(
                facts,
                service -> List.of(
                        operation(service, "Write", 0), operation(service, "Wait", 1), operation(service, "Fly", 2)),
                ServiceSchema.Shapes.NONE,
                List::of);
    }

    private static OperationSchema operation(ServiceSchema service, String name, int index) {
        return new OperationSchema(
                service,
                name,
                index,
                new OperationSchema.Http("POST", "/", 200),
                OperationSchema.Facts.PLAIN,
                new OperationSchema.Shapes(() -> INPUT, () -> INPUT, List::of, Optional.empty(), Optional.empty()));
    }

    /// What all operations take and answer.
    static final class Write extends Struct {
        Write(StructShape shape) {
            super(shape);
        }
    }

    /// What a generator would have made of the schema.
    interface NotesApi extends Api {
        @Override
        default ServiceSchema schema() {
            return SCHEMA;
        }

        @Override
        default Struct call(int index, Struct input) {
            return switch (index) {
                case 0 -> write((Write) input);
                case 1 -> wait((Write) input);
                default -> throw Api.notImplemented(SCHEMA.operations().get(index));
            };
        }

        default Struct write(Write input) {
            throw Api.notImplemented(SCHEMA.operations().get(0));
        }

        default Struct wait(Write input) {
            throw Api.notImplemented(SCHEMA.operations().get(1));
        }
    }

    /// The operations that this service has.
    private final class Operations implements NotesApi {
        @Override
        public Struct write(Write input) {
            write0(String.valueOf(input.get(0)));
            if (String.valueOf(input.get(0)).isEmpty()) {
                throw new IllegalArgumentException("nothing to write");
            }
            return input;
        }

        @Override
        @OutsideTransaction
        public Struct wait(Write input) {
            if (Call.current().tx().isPresent()) {
                throw new IllegalStateException("in a transaction");
            }
            return input;
        }
    }

    @Override
    public List<Api> parts() {
        return List.of(new Operations());
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of("note", this::note, "fail", this::fail, "chain", this::chain, "break", Notes::breakDown);
    }

    @Override
    public void accept(Arn target, Payload payload) {
        failIfTold();
        write0(target.name() + ": " + payload.text() + payload.attributes());
    }

    private void note(String subject) {
        write0(subject);
    }

    private void fail(String subject) {
        write0("trying");
        failIfTold();
        write0(subject);
    }

    /// Notes a number and has the next one noted a second later.
    private void chain(String subject) {
        write0(subject);
        int rest = Integer.parseInt(subject);
        if (rest > 1) {
            kernel.agenda().at(kernel.time().now().plusSeconds(1), ID, "chain", Integer.toString(rest - 1));
        }
    }

    private static void breakDown(String subject) {
        throw new NoClassDefFoundError(subject);
    }

    private void failIfTold() {
        if (toFail.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("told to fail");
        }
    }

    void write0(String text) {
        notes.put(new Note(kernel.ids().sequence(), text, kernel.time().now()));
    }

    /// All notes in the order in which they were written.
    List<Note> all() {
        return kernel.transact(() -> notes.rows(Span.ALL).toList());
    }

    List<String> texts() {
        return all().stream().map(Note::text).toList();
    }

    Table<Long, Note> table() {
        return notes;
    }
}
