package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.store.Killed;
import dev.cloudjar.kernel.store.Together;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it sends and delivers loses no parcel whose sender was told, delivers none
/// twice, and keeps the order of each sender.
class KilledDeliveriesTest {
    private static final int ROUNDS = 3;
    private static final int SENDERS = 3;

    @Test
    void nothingSentIsLostWhenTheProcessIsKilled(@TempDir Path directory) throws Exception {
        int[] acknowledged = new int[SENDERS];
        for (int round = 1; round <= ROUNDS; round++) {
            Killed.after(
                    300 * round,
                    line -> note(line, acknowledged),
                    Child.class,
                    directory.toString(),
                    Integer.toString(acknowledged[0]),
                    Integer.toString(acknowledged[1]),
                    Integer.toString(acknowledged[2]));
        }
        try (World world = open(directory)) {
            world.freezeClock();
            world.advanceClock(Duration.ofHours(1));
            List<List<Integer>> delivered = delivered(world);
            for (int sender = 0; sender < SENDERS; sender++) {
                assertThat(delivered.get(sender)).isSorted().doesNotHaveDuplicates();
                assertThat(delivered.get(sender).getLast()).isBetween(acknowledged[sender], acknowledged[sender] + 2);
                assertThat(delivered.get(sender)).hasSize(delivered.get(sender).getLast());
            }
        }
    }

    /// The numbers that arrived from each sender, in the order of their arrival.
    private static List<List<Integer>> delivered(World world) {
        List<List<Integer>> numbers = new ArrayList<>();
        for (int sender = 0; sender < SENDERS; sender++) {
            numbers.add(new ArrayList<>());
        }
        for (String text :
                Calls.as("222222222222", "us-west-2", () -> Notes.in(world).texts())) {
            String[] words = text.split("[ {]");
            numbers.get(Integer.parseInt(words[1])).add(Integer.parseInt(words[2]));
        }
        return numbers;
    }

    private static World open(Path directory) {
        return World.open(directory, Calls.settings(_ -> {}), List.of(Notes.entry(new AtomicInteger())));
    }

    /// The last line may have been torn by the kill: a whole one ends with a full stop.
    private static void note(String line, int[] acknowledged) {
        String[] parts = line.split(" ", -1);
        if (parts.length == 3 && parts[2].equals(".")) {
            acknowledged[Integer.parseInt(parts[0])] = Integer.parseInt(parts[1]);
        }
    }

    /// Sends numbers from several accounts to one board, and prints each when it is committed. Where a number was
    /// committed but not printed before the kill, it goes on behind it.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            World world = open(Path.of(arguments[0]));
            PrintStream out = System.out;
            var names = new AtomicInteger();
            Together.run(SENDERS, _ -> {
                int sender = names.getAndIncrement();
                int number = last(world, sender, Integer.parseInt(arguments[1 + sender]));
                while (true) {
                    number++;
                    send(world, sender, number);
                    out.print(sender + " " + number + " .\n");
                    out.flush();
                }
            });
        }

        private static int last(World world, int sender, int acknowledged) {
            int last = acknowledged;
            for (int more = acknowledged + 1; more <= acknowledged + 2; more++) {
                last = isSent(world, sender, more) ? more : last;
            }
            return last;
        }

        private static String account(int sender) {
            return "33333333333" + sender;
        }

        private static boolean isSent(World world, int sender, int number) {
            return Calls.as(
                    account(sender),
                    Calls.REGION,
                    () -> world.transactions().run(() -> log(world).has(number)));
        }

        /// What a sender has sent, kept in the transaction that sends.
        record Sent(Integer key) implements Row<Integer> {}

        private static Table<Integer, Sent> log(World world) {
            return new Kernel(world, "sender").table(Sent.class);
        }

        private static void send(World world, int sender, int number) {
            var target = new Arn("aws", Notes.ID, "us-west-2", "222222222222", "board");
            Calls.as(
                    account(sender),
                    Calls.REGION,
                    () -> world.transactions().run(() -> {
                        log(world).put(new Sent(number));
                        world.deliveries().send("s3.amazonaws.com", target, Payload.of(sender + " " + number));
                        return true;
                    }));
        }
    }
}
