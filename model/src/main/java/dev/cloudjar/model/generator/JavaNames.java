package dev.cloudjar.model.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/// Java names for AWS's names: `SSEKMSKeyId` reads `ssekmsKeyId`, `DynamoDB` reads `DynamoDb`, `us-east-1` reads
/// `US_EAST_1`. Names that Java or [dev.cloudjar.model.Struct] has taken get an underscore.
final class JavaNames {
    private static final Set<String> TAKEN = Set.of(
            "shape",
            "get",
            "has",
            "set",
            "copyFrom",
            "equals",
            "hashCode",
            "toString",
            "getClass",
            "notify",
            "notifyAll",
            "wait",
            "clone",
            "finalize",
            "requiredAt",
            "optionalAt",
            "listAt",
            "mapAt",
            "setAt",
            "call",
            "schema");

    private JavaNames() {}

    static String method(String name) {
        List<String> words = words(name);
        String first = words.getFirst().toLowerCase(Locale.ROOT);
        String rest = words.stream().skip(1).map(JavaNames::capital).collect(Collectors.joining());
        String camel = legal(first + rest);
        return SourceVersion.isKeyword(camel) || TAKEN.contains(camel) ? camel + "_" : camel;
    }

    static String type(String name) {
        return legal(words(name).stream().map(JavaNames::capital).collect(Collectors.joining()));
    }

    /// The class of a shape: its own name, which AWS's documentation uses, with a capital.
    static String shape(String name) {
        String joined = String.join("", split(name));
        return legal(Character.toUpperCase(joined.charAt(0)) + joined.substring(1));
    }

    static String constant(String name) {
        return legal(words(name).stream().map(w -> w.toUpperCase(Locale.ROOT)).collect(Collectors.joining("_")));
    }

    private static String legal(String name) {
        return Character.isJavaIdentifierStart(name.charAt(0)) ? name : "_" + name;
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1).toLowerCase(Locale.ROOT);
    }

    /// The words of a name: apart at all that is no letter or digit, before a capital that follows a small letter, and
    /// before the last capital of a run that a small letter follows.
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        for (String part : split(name)) {
            int start = 0;
            for (int i = 1; i < part.length(); i++) {
                if (isStart(part, i)) {
                    words.add(part.substring(start, i));
                    start = i;
                }
            }
            words.add(part.substring(start));
        }
        return words;
    }

    private static boolean isStart(String part, int at) {
        if (!Character.isUpperCase(part.charAt(at))) {
            return false;
        }
        boolean smallBefore = Character.isLowerCase(part.charAt(at - 1));
        boolean smallAfter = at + 1 < part.length() && Character.isLowerCase(part.charAt(at + 1));
        return smallBefore || smallAfter;
    }

    /// What lies between characters that Java does not allow; a name without any is spelled out.
    private static List<String> split(String name) {
        List<String> parts = new ArrayList<>();
        var part = new StringBuilder();
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '-';
            if (c < 128 && Character.isLetterOrDigit(c)) {
                part.append(c);
            } else if (!part.isEmpty()) {
                parts.add(part.toString());
                part.setLength(0);
            }
        }
        return parts.isEmpty() ? List.of(spelled(name)) : parts;
    }

    private static String spelled(String name) {
        return name.isEmpty()
                ? "Empty"
                : name.chars().mapToObj(c -> "U" + Integer.toHexString(c)).collect(Collectors.joining());
    }
}
