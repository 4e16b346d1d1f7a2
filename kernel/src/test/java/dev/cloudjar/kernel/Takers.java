package dev.cloudjar.kernel;

import dev.cloudjar.kernel.store.Store;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Services that take deliveries in all the ways in which that goes wrong: one that refuses, one that is stuck
/// until it is let go, and one that is never done with a task.
final class Takers {
    static final AwsError.Code GONE = AwsError.Code.of("ResourceNotFound", 404);

    private Takers() {}

    /// Refuses everything as AWS would a delivery to a resource that is gone.
    static final class Refusing implements Service {
        @Override
        public List<Api> parts() {
            return List.of(new Notes.NotesApi() {});
        }

        @Override
        public void accept(Arn target, Payload payload) {
            throw GONE.because("%s is gone", target.resource());
        }
    }

    /// Takes nothing until `free`, and then writes it down.
    static final class Stuck implements Service {
        private final Kernel kernel;
        private final Table<Long, Notes.Note> notes;
        private final CountDownLatch begun;
        private final CountDownLatch free;

        Stuck(Kernel kernel, CountDownLatch begun, CountDownLatch free) {
            this.kernel = kernel;
            this.notes = kernel.table(Notes.Note.class, Scope.WORLD);
            this.begun = begun;
            this.free = free;
        }

        @Override
        public List<Api> parts() {
            return List.of(new Notes.NotesApi() {});
        }

        @Override
        public Map<String, Consumer<String>> longTasks() {
            return Map.of("wait", this::work);
        }

        @Override
        @OutsideTransaction
        public void accept(Arn target, Payload payload) {
            work(payload.text());
        }

        private void work(String text) {
            begun.countDown();
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("told to stop", e);
            }
            kernel.transact(() -> notes.put(
                    new Notes.Note(kernel.ids().sequence(), text, kernel.time().now())));
        }

        Store.Watch watch(Runnable changed) {
            return notes.watch(changed);
        }

        List<String> texts() {
            return kernel.transact(
                    () -> notes.rows(Span.ALL).map(Notes.Note::text).toList());
        }
    }
}
