package dev.cloudjar.conformance.client;

import dev.cloudjar.conformance.client.PatternParser.Node;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Makes texts that match one of AWS's patterns and lengths: the shortest it can, then longer and other ones
/// until the pattern itself agrees.
final class PatternText {
    private static final int TRIES = 400;

    private final String source;
    private final int min;
    private final int max;

    PatternText(String source, int min, int max) {
        this.source = source;
        this.min = min;
        this.max = max;
    }

    /// A text that the whole pattern matches, or nothing where none was found.
    Optional<String> find() {
        try {
            Pattern pattern = Pattern.compile(source);
            Node tree = new PatternParser(source).parse();
            for (int attempt = 0; attempt < TRIES; attempt++) {
                String text = sample(tree, attempt);
                if (fits(text) && pattern.matcher(text).matches()) {
                    return Optional.of(text);
                }
            }
        } catch (PatternSyntaxException notJava) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean fits(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= min && length <= max;
    }

    /// The first attempt takes the first of all choices; later ones take chances.
    private String sample(Node tree, int attempt) {
        var random = new SplittableRandom(attempt);
        String shortest = new Sampler(random, attempt == 0, 0).sample(tree);
        return shortest.length() >= min
                ? shortest
                : new Sampler(new SplittableRandom(attempt), attempt == 0, min - shortest.length()).sample(tree);
    }

    /// One walk over the tree. `missing` characters are made up for wherever the pattern lets something repeat.
    private static final class Sampler {
        private final SplittableRandom random;
        private final boolean plain;
        private final StringBuilder text = new StringBuilder();
        private int missing;

        Sampler(SplittableRandom random, boolean plain, int missing) {
            this.random = random;
            this.plain = plain;
            this.missing = missing;
        }

        String sample(Node node) {
            walk(node);
            return text.toString();
        }

        private void walk(Node node) {
            switch (node) {
                case Node.Chars chars -> text.append(one(chars.ranges()));
                case Node.Sequence sequence -> sequence.parts().forEach(this::walk);
                case Node.Choice choice ->
                    walk(choice.alternatives()
                            .get(
                                    plain
                                            ? 0
                                            : random.nextInt(
                                                    choice.alternatives().size())));
                case Node.Repeat repeat -> repeat(repeat);
            }
        }

        private void repeat(Node.Repeat repeat) {
            int extra = plain || repeat.max() - repeat.min() < 1 || random.nextInt(4) > 0 ? 0 : 1;
            for (int i = 0; i < repeat.min() + extra; i++) {
                walk(repeat.node());
            }
            for (int i = repeat.min() + extra; i < repeat.max() && missing > 0; i++) {
                int before = text.length();
                walk(repeat.node());
                if (text.length() == before) {
                    return;
                }
                missing -= text.length() - before;
            }
        }

        private String one(List<PatternParser.Range> ranges) {
            PatternParser.Range range = ranges.get(plain ? 0 : random.nextInt(ranges.size()));
            int span = Math.min(range.last() - range.first(), 25);
            return Character.toString(range.first() + (plain || span == 0 ? 0 : random.nextInt(span + 1)));
        }
    }
}
