package dev.cloudjar.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.kernel.store.Node.Branch;
import dev.cloudjar.kernel.store.Node.Leaf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tree does what a sorted map does, never changes an older version of itself, and stays low.
class TreeTest {
    private static final byte[] END = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 100", "3, 1000", "4, 20000", "5, 20000", "6, 300", "7, 70", "8, 4000"})
    void randomChangesAgreeWithASortedMap(long seed, int keys) {
        var random = new SplittableRandom(seed);
        var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        Tree tree = Tree.EMPTY;
        int removals = 3;
        for (int i = 0; i < 20_000; i++) {
            if (i % 2_000 == 0) {
                removals = random.nextInt(1, 10);
                check(tree.root(), true);
                compareWalks(tree, model, random, keys);
            }
            byte[] key = key(random, keys);
            Tree before = tree;
            if (random.nextInt(10) < removals) {
                tree = tree.remove(key);
                assertThat(tree == before).isEqualTo(model.remove(key) == null);
            } else {
                byte[] value = {(byte) i};
                tree = tree.put(key, value);
                model.put(key, value);
            }
            byte[] other = key(random, keys);
            assertThat(tree.size()).isEqualTo(model.size());
            assertThat(tree.get(other)).isSameAs(model.get(other));
            if (i % 16 == 0) {
                assertThat(tree.rank(other)).isEqualTo(model.headMap(other).size());
                compareRanges(before, tree, key, key(random, keys), other);
            }
        }
    }

    private static void compareRanges(Tree before, Tree after, byte[] changed, byte[] one, byte[] other) {
        byte[] from = Arrays.compareUnsigned(one, other) < 0 ? one : other;
        byte[] to = from == one ? other : one;
        boolean outside = Arrays.compareUnsigned(changed, from) < 0 || Arrays.compareUnsigned(changed, to) >= 0;
        boolean same = before.get(changed) == after.get(changed);

        assertThat(before.sameRange(after, from, to)).isEqualTo(outside || same);
        assertThat(after.sameRange(before, from, to)).isEqualTo(outside || same);
    }

    private static void compareWalks(Tree tree, NavigableMap<byte[], byte[]> model, SplittableRandom random, int keys) {
        for (int i = 0; i < 20; i++) {
            byte[] from = i == 0 ? new byte[0] : key(random, keys);
            byte[] to = i == 0 ? END : key(random, keys);
            boolean ordered = Arrays.compareUnsigned(from, to) <= 0;
            List<byte[]> expected = ordered ? List.copyOf(model.subMap(from, to).keySet()) : List.of();

            assertThat(walked(tree.walk(from, to, false))).containsExactlyElementsOf(expected);
            assertThat(walked(tree.walk(from, to, true))).containsExactlyElementsOf(expected.reversed());
        }
    }

    private static List<byte[]> walked(Walk walk) {
        List<byte[]> keys = new ArrayList<>();
        while (walk.next()) {
            keys.add(walk.key());
        }
        assertThat(walk.next()).isFalse();
        return keys;
    }

    @Test
    void olderVersionsStayAsTheyWere() {
        List<Tree> versions = new ArrayList<>(List.of(Tree.EMPTY));
        for (int i = 0; i < 2_000; i++) {
            versions.add(versions.getLast().put(number(i * 7919 % 2_000), number(i)));
        }
        for (int i = 0; i < 2_000; i++) {
            versions.add(versions.getLast().remove(number(i)));
        }

        for (int i = 0; i <= 2_000; i++) {
            assertThat(versions.get(i).size()).isEqualTo(i);
            assertThat(versions.get(4_000 - i).size()).isEqualTo(i);
            assertThat(walked(versions.get(i).walk(new byte[0], END, true))).hasSize(i);
        }
    }

    @Test
    void keysThatComeInOrderFillTheirNodes() {
        Tree rising = Tree.EMPTY;
        for (int i = 0; i < 100_000; i++) {
            rising = rising.put(number(i), number(i));
        }

        assertThat(leaves(rising.root())).isLessThan(100_000 / Node.WIDTH + 3);
        assertThat(height(rising.root())).isEqualTo(3);
    }

    @Test
    void aTreeThatHasShrunkIsLowAgain() {
        Tree tree = Tree.EMPTY;
        for (int i = 0; i < 50_000; i++) {
            tree = tree.put(number(i * 31L % 50_000), number(i));
        }
        for (int i = 0; i < 50_000; i++) {
            if (i % 500 != 0) {
                tree = tree.remove(number(i));
            }
        }

        check(tree.root(), true);
        assertThat(tree.size()).isEqualTo(100);
        assertThat(leaves(tree.root())).isLessThanOrEqualTo(100 / (Node.WIDTH / 4) + 1);
        assertThat(height(tree.root())).isLessThanOrEqualTo(2);
    }

    /// Two neighbours together have more than half of one node's width, or they would be one.
    private static void check(Node node, boolean root) {
        assertThat(node.width()).isLessThanOrEqualTo(Node.WIDTH);
        if (!(node instanceof Branch branch)) {
            byte[][] keys = ((Leaf) node).keys();
            for (int i = 1; i < keys.length; i++) {
                assertThat(Arrays.compareUnsigned(keys[i - 1], keys[i])).isNegative();
            }
            assertThat(keys.length).isGreaterThanOrEqualTo(root ? 0 : 1);
            return;
        }
        int size = 0;
        for (int i = 0; i < branch.width(); i++) {
            Node child = branch.children()[i];
            check(child, false);
            size += child.size();
            assertThat(height(child)).isEqualTo(height(branch) - 1);
            if (i > 0) {
                byte[] separator = branch.keys()[i];
                assertThat(Arrays.compareUnsigned(separator, child.first())).isNotPositive();
                assertThat(Arrays.compareUnsigned(last(branch.children()[i - 1]), separator))
                        .isNegative();
            }
        }
        assertThat(branch.keys().length).isEqualTo(branch.width());
        assertThat(branch.size()).isEqualTo(size);
        assertThat(branch.width()).isGreaterThanOrEqualTo(root ? 2 : 1);
    }

    private static byte[] last(Node node) {
        return switch (node) {
            case Leaf leaf -> leaf.keys()[leaf.width() - 1];
            case Branch branch -> last(branch.children()[branch.width() - 1]);
        };
    }

    private static int height(Node node) {
        return node instanceof Branch branch ? 1 + height(branch.children()[0]) : 1;
    }

    private static int leaves(Node node) {
        return node instanceof Branch branch
                ? Arrays.stream(branch.children()).mapToInt(TreeTest::leaves).sum()
                : 1;
    }

    private static byte[] number(long value) {
        return Rows.number(value);
    }

    /// Short keys of few different bytes, so that many are prefixes of others.
    private static byte[] key(SplittableRandom random, int keys) {
        return ("k" + Integer.toString(random.nextInt(keys), 3)).getBytes(StandardCharsets.UTF_8);
    }
}
