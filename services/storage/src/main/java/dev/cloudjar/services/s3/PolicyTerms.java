package dev.cloudjar.services.s3;

import dev.cloudjar.model.authority.Reference;
import dev.cloudjar.model.authority.Reference.Action;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the policies of S3's resources may speak of: the actions and condition keys that the service
/// authorization reference knows, each action upon a kind of resource that it has.
final class PolicyTerms {
    private static final String ANYTHING = "*";

    private PolicyTerms() {}

    private static Optional<Reference> reference(String term) {
        int colon = term.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Reference.of(term.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    /// The actions that a pattern such as `s3:Get*` means.
    private static List<Action> meant(String pattern) {
        String name = pattern.substring(pattern.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        String regex = "\\Q" + name.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
        return reference(pattern).map(Reference::actions).orElse(List.of()).stream()
                .filter(action -> action.name().toLowerCase(Locale.ROOT).matches(regex))
                .toList();
    }

    static boolean isAction(String pattern) {
        return pattern.equals(ANYTHING) || !meant(pattern).isEmpty();
    }

    /// Whether something that the pattern means can be done to one of `resources`, which are ARNs.
    static boolean applies(String pattern, List<String> resources) {
        return pattern.equals(ANYTHING)
                || meant(pattern).stream()
                        .flatMap(action -> action.resources().stream())
                        .map(kind -> kind.replace(ANYTHING, ""))
                        .anyMatch(kind -> resources.stream().anyMatch(resource -> isOf(kind, resource)));
    }

    /// Whether the ARN may be of that kind, in the reference's words: of an object there is more behind the
    /// name of what it is in.
    private static boolean isOf(String kind, String resource) {
        if (resource.contains(":" + LambdaDoor.SERVICE + ":")) {
            return kind.equals("objectlambdaaccesspoint");
        }
        boolean open = resource.endsWith(ANYTHING);
        int point = resource.indexOf(":accesspoint/");
        if (point >= 0) {
            boolean object = resource.indexOf('/', point + ":accesspoint/".length()) >= 0;
            return kind.equals(object ? "accesspointobject" : "accesspoint")
                    || open && kind.equals("accesspointobject");
        }
        int name = resource.indexOf(":bucket/") < 0 ? 0 : resource.indexOf(":bucket/") + ":bucket/".length();
        boolean object = resource.indexOf('/', name) >= 0;
        return kind.equals(object ? "object" : "bucket") || open && kind.equals("object");
    }

    /// Whether a condition may ask for `key`: what is not of S3 is not judged here.
    static boolean isKey(String key) {
        if (!key.toLowerCase(Locale.ROOT).startsWith("s3")) {
            return true;
        }
        return reference(key)
                .filter(known -> known.actions().stream()
                        .flatMap(action -> keys(known, action))
                        .anyMatch(one -> stem(one).equals(stem(key))))
                .isPresent();
    }

    private static Stream<String> keys(Reference known, Action action) {
        Stream<String> ofResources = action.resources().stream()
                .map(kind -> kind.replace(ANYTHING, ""))
                .flatMap(kind -> known.resource(kind).stream())
                .flatMap(type -> type.keys().stream());
        return Stream.concat(action.keys().stream(), ofResources);
    }

    /// The name without the tag that stands behind its slash.
    private static String stem(String key) {
        int slash = key.indexOf('/');
        return (slash < 0 ? key : key.substring(0, slash)).toLowerCase(Locale.ROOT);
    }
}
