package dev.cloudjar.kernel;

import dev.cloudjar.model.Api;
import dev.cloudjar.model.AwsError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A service with a resource, rows beside it, and blobs, for tests of what tells of them.
final class Boards implements Service {
    static final String ID = "boards";

    private static final AwsError.Code MISSING = AwsError.Code.of("NotFound", 404);
    private static final Kind<Board> KIND = Kind.of(ID, "board", Board.class, id -> MISSING.because("no %s", id))
            .arn(id -> "board/" + id);

    record Board(String id, String color, int height) implements Resource {}

    /// A card on a board, with its picture.
    record Card(Key key, String text, List<Blobs.Ref> blobs) implements Row<Card.Key>, Blobs.Holder {
        record Key(String board, long number) {}
    }

    private final Kernel kernel;
    private final Shelf<Board> boards;
    private final Table<Card.Key, Card> cards;

    Boards(Kernel kernel) {
        this.kernel = kernel;
        this.boards = kernel.shelf(KIND);
        this.cards = kernel.table(Card.class);
    }

    static Service.Entry entry() {
        return new Service.Entry(ID, Boards::new);
    }

    static Boards in(World world) {
        return (Boards) world.service(ID).orElseThrow().service();
    }

    @Override
    public List<Api> parts() {
        return List.of(new Notes.NotesApi() {});
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(KIND);
    }

    void create(String id, String color) {
        Calls.as(() -> kernel.transact(() -> boards.create(new Board(id, color, 3), Map.of())));
    }

    void paint(String id, String color) {
        Calls.as(() -> kernel.transact(() -> boards.update(id, board -> new Board(id, color, board.height()))));
    }

    void tag(String id, Map<String, String> tags) {
        Calls.run(() -> kernel.transact(() -> {
            boards.tag(id, tags);
            return true;
        }));
    }

    void remove(String id) {
        Calls.run(() -> kernel.transact(() -> {
            boards.remove(id);
            return true;
        }));
    }

    List<String> all() {
        return Calls.as(() -> kernel.transact(() ->
                boards.all().map(board -> board.id() + ' ' + board.color()).toList()));
    }

    /// Pins a card whose picture is `picture`.
    void pin(String board, long number, String picture) {
        Calls.run(() -> {
            byte[] bytes = picture.getBytes(StandardCharsets.UTF_8);
            try (Blobs.Arrival blob = kernel.blobs().put(new ByteArrayInputStream(bytes))) {
                var card = new Card(new Card.Key(board, number), "card " + number, List.of(blob.ref()));
                kernel.transact(() -> cards.put(card));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    void unpin(String board, long number) {
        Calls.run(() -> kernel.transact(() -> cards.remove(new Card.Key(board, number))));
    }

    /// The picture of a card.
    String picture(String board, long number) {
        return Calls.as(() -> {
            Card card = kernel.transact(
                    () -> cards.find(new Card.Key(board, number)).orElseThrow());
            Blobs.Ref ref = card.blobs().getFirst();
            try (var in = kernel.blobs().open(ref, 0, ref.size()).open()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
