package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A journal in which bytes were changed names the damage; it never opens with less or other than was
/// acknowledged.
class DamageTest {
    private static final String FILE = TreeStore.FIRST_JOURNAL;
    private static final int HEADING = Heading.LENGTH;

    private final List<String> reports = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Durability.class)
    void everyFlippedByteIsNamedOrDoesNotMatter(Durability durability) {
        byte[] sound = journal(durability, 60);
        Map<String, String> all = contents(sound, durability);
        var random = new SplittableRandom(1);
        for (int at = 0; at < sound.length; at++) {
            byte[] damaged = sound.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            if (at < Heading.MARK) {
                assertThatThrownBy(() -> contents(damaged, durability)).hasMessageContaining("is not a journal");
            } else if (at < HEADING) {
                assertThat(contents(damaged, durability)).isEqualTo(all);
            } else {
                assertDamageIsNamed(damaged, durability, at);
            }
        }
        assertThat(reports).isEmpty();
    }

    private void assertDamageIsNamed(byte[] damaged, Durability durability, int at) {
        assertThatThrownBy(() -> contents(damaged, durability))
                .as("byte %d", at)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(FILE)
                .satisfies(
                        e -> assertThat(offset(String.valueOf(e.getMessage()))).isBetween(HEADING, at));
    }

    private static int offset(String message) {
        String rest = message.substring(message.indexOf("at byte ") + 8);
        return Integer.parseInt(rest.substring(0, rest.indexOf(':')));
    }

    @Test
    void twoRecordsOfOneLengthThatChangePlacesAreNamed() {
        byte[] sound = journal(Durability.OS, 0);
        byte[] one = record(1, "a", "1");
        byte[] two = record(2, "a", "2");

        assertThat(contents(joined(sound, one, two), Durability.OS)).containsEntry("a", "2");
        assertThatThrownBy(() -> contents(joined(sound, two, one), Durability.OS))
                .hasMessageContaining("damaged at byte " + (HEADING + two.length));
        assertThatThrownBy(() -> contents(joined(sound, one, one), Durability.OS))
                .hasMessageContaining("damaged at byte " + (HEADING + one.length));
    }

    @Test
    void whatACrashLeftOfTheLastRecordIsCutAndSaid() {
        byte[] sound = journal(Durability.OS, 5);
        Map<String, String> all = contents(sound, Durability.OS);
        byte[] last = record(6, "torn", "value");
        for (int length = 1; length < last.length; length++) {
            byte[] torn = joined(sound, Arrays.copyOf(last, length));

            assertThat(contents(torn, Durability.OS)).isEqualTo(all);
        }
        assertThat(reports)
                .hasSize(last.length - 1)
                .first()
                .asString()
                .contains(FILE, "1 bytes that nobody was told of");
    }

    @Test
    void zerosThatTheFileSystemLeftAtTheEndAreCutAndSaid() {
        byte[] sound = journal(Durability.OS, 5);

        assertThat(contents(joined(sound, new byte[4096]), Durability.OS)).isEqualTo(contents(sound, Durability.OS));
        assertThat(reports).hasSize(1);
    }

    @Test
    void aSyncedJournalThatHasBecomeShorterIsDamaged() {
        byte[] sound = journal(Durability.FSYNC, 5);

        for (int length = HEADING; length < sound.length; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> contents(cut, Durability.FSYNC)).hasMessageContaining("is damaged at byte");
        }
    }

    @Test
    void anAbsurdLengthWithAMatchingChecksumTakesNoMemory() {
        byte[] sound = journal(Durability.OS, 5);
        for (int length : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 11, 1 << 30}) {
            byte[] header = ByteBuffer.allocate(12).putInt(length).putInt(0).array();
            ByteBuffer.wrap(header).putInt(8, crc(header, 0, 8));

            assertThat(contents(joined(sound, header), Durability.OS))
                    .hasSize(contents(sound, Durability.OS).size());
        }
        for (int length : new int[] {-1, 0, 11, Integer.MIN_VALUE}) {
            byte[] header = ByteBuffer.allocate(12).putInt(length).putInt(0).array();
            ByteBuffer.wrap(header).putInt(8, crc(header, 0, 8));

            assertThatThrownBy(() -> contents(joined(sound, header), Durability.OS))
                    .hasMessageContaining("damaged at byte " + sound.length);
        }
    }

    @Test
    void aFileThatIsNoJournalIsLeftAlone() {
        for (String other :
                List.of("x", "#!/bin/sh\n", "cloudjar journal 2\n", "cloudjar journal 1\r\n" + "x".repeat(99))) {
            byte[] content = other.getBytes(StandardCharsets.UTF_8);
            SimulatedFolder folder = folder(content);

            assertThatThrownBy(() -> open(folder, Durability.OS)).hasMessageContaining("is not a journal");
            assertThat(folder.afterProcessDeath()).containsEntry(FILE, content);
        }
    }

    @Test
    void aDamagedJournalIsLeftAsItWas() {
        byte[] damaged = journal(Durability.OS, 5);
        damaged[HEADING + 20] ^= 1;
        SimulatedFolder folder = folder(damaged);

        assertThatThrownBy(() -> open(folder, Durability.OS)).hasMessageContaining("Nothing has been changed");
        assertThat(folder.afterProcessDeath()).containsEntry(FILE, damaged);
    }

    private static SimulatedFolder folder(byte[] journal) {
        return new SimulatedFolder(Map.of(FILE, journal), new SplittableRandom(1));
    }

    private TreeStore open(SimulatedFolder folder, Durability durability) {
        return TreeStore.open(folder, Limits.DEFAULT, durability, reports::add);
    }

    private byte[] journal(Durability durability, int transactions) {
        var folder = new SimulatedFolder();
        TreeStore store = open(folder, durability);
        for (int i = 0; i < transactions; i++) {
            byte[] key = Rows.key("key-" + i % 7);
            byte[] value = Rows.key("value-" + i);
            store.transact(() -> Rows.key("origin"), tx -> {
                tx.put(key, value);
                tx.delete(Rows.key("key-3"));
                return true;
            });
        }
        store.close();
        return folder.afterProcessDeath().getOrDefault(FILE, new byte[0]);
    }

    private Map<String, String> contents(byte[] journal, Durability durability) {
        return Rows.all(open(folder(journal), durability));
    }

    private static byte[] record(long sequence, String key, String value) {
        var writer = new Record.Writer(Integer.MAX_VALUE);
        writer.begin(sequence, new byte[0]);
        writer.put(Rows.key(key), Rows.key(value));
        writer.end();
        byte[] bytes = new byte[writer.written().remaining()];
        writer.written().get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            all = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, all, all.length - part.length, part.length);
        }
        return all;
    }

    private static int crc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
