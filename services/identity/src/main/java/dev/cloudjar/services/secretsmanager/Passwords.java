package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Kernel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Random passwords of the characters that are asked for.
final class Passwords implements SecretsManager {
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final long USUAL_LENGTH = 32;

    private final Kernel kernel;

    Passwords(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public GetRandomPasswordResponse getRandomPassword(GetRandomPasswordRequest in) {
        String excluded = in.excludeCharacters().orElse("");
        List<String> kinds = Stream.of(
                        in.excludeLowercase().orElse(false) ? "" : LOWER,
                        in.excludeUppercase().orElse(false) ? "" : UPPER,
                        in.excludeNumbers().orElse(false) ? "" : DIGITS,
                        in.excludePunctuation().orElse(false) ? "" : PUNCTUATION,
                        in.includeSpace().orElse(false) ? " " : "")
                .map(kind -> without(kind, excluded))
                .filter(kind -> !kind.isEmpty())
                .toList();
        long length = in.passwordLength().orElse(USUAL_LENGTH);
        boolean each = in.requireEachIncludedType().orElse(true);
        if (kinds.isEmpty()) {
            throw INVALID_PARAMETER_EXCEPTION.because(
                    "InvalidParameterValue: There are no characters left to build the password from.");
        }
        if (each && length < kinds.size()) {
            throw INVALID_PARAMETER_EXCEPTION.because("Password length is too short based on the required types.");
        }
        List<Character> password = new ArrayList<>();
        if (each) {
            kinds.forEach(kind -> password.add(any(kind)));
        }
        String all = String.join("", kinds);
        while (password.size() < length) {
            password.add(any(all));
        }
        for (int i = password.size() - 1; i > 0; i--) {
            Collections.swap(password, i, below(i + 1));
        }
        String text = password.stream().map(String::valueOf).collect(Collectors.joining());
        return new GetRandomPasswordResponse().randomPassword(text);
    }

    private static String without(String kind, String excluded) {
        return kind.chars()
                .filter(c -> excluded.indexOf(c) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private char any(String kind) {
        return kind.charAt(below(kind.length()));
    }

    /// A number below `bound`, each as likely as any other: what would favour the lower ones is drawn again.
    private int below(int bound) {
        int limit = 0x10000 - 0x10000 % bound;
        int drawn = limit;
        while (drawn >= limit) {
            byte[] bytes = kernel.ids().bytes(2);
            drawn = (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        }
        return drawn % bound;
    }
}
