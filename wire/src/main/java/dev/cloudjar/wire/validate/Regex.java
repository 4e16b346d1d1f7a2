package dev.cloudjar.wire.validate;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression of a model. It must match all of a value, as AWS's framework has it, unless it says itself
/// where
/// it begins or ends.
///
/// AWS's expressions are Java's but for a few; those that Java does not read are not checked. A value on which
/// matching takes too long passes: better to let one through than to hold a thread.
record Regex(String source, Pattern compiled) implements Constraint {
    private static final int PATIENCE = 2_000_000;

    /// Connect's expression for a password stands between slashes, as in JavaScript.
    private static final Set<String> MISTAKEN = Set.of("/^(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)[a-zA-Z\\d\\S]{8,64}$/");

    static Optional<Constraint> of(String source) {
        if (MISTAKEN.contains(source)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Regex(source, Pattern.compile(source)));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean holds(Object value) {
        if (!(value instanceof String text)) {
            return true;
        }
        try {
            return compiled.matcher(new Watched(text, new int[] {PATIENCE})).matches();
        } catch (TookTooLong | StackOverflowError e) {
            return true;
        }
    }

    @Override
    public String sentence() {
        return "Member must satisfy regular expression pattern: " + source;
    }

    @Override
    public Violation.Kind kind() {
        return Violation.Kind.PATTERN;
    }

    /// Thrown out of a matcher that has looked at too many characters.
    private static final class TookTooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TookTooLong() {
            super("", null, false, false);
        }
    }

    /// A text that counts how often it is looked at.
    private record Watched(String text, int[] left) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left[0] < 0) {
                throw new TookTooLong();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.substring(start, end), left);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
