package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.api.Organizations.ConstraintViolationExceptionReason;
import dev.cloudjar.api.Organizations.InvalidInputExceptionReason;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Resource;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.kernel.TagRules;
import dev.cloudjar.model.AwsError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// The tags of roots, units, accounts, policies and the delegation. They belong to the management account, as
/// the ARNs of these resources say, and are named there by their organization and id.
final class Marks {
    /// That there is something to be tagged.
    record Mark(String id) implements Resource {}

    private static final TagRules RULES = new TagRules(50, TagRules.USUAL_CHARACTERS, new TagRules.Wording() {
        @Override
        public AwsError tooMany(String id, int most) {
            return Tree.refused(
                    Organizations.CONSTRAINT_VIOLATION_EXCEPTION,
                    ConstraintViolationExceptionReason.MAX_TAG_LIMIT_EXCEEDED,
                    "You have exceeded the number of tags allowed on this resource.");
        }

        @Override
        public AwsError key(String key) {
            return invalid(InvalidInputExceptionReason.INVALID_PATTERN, "You provided a tag key that is not valid.");
        }

        @Override
        public AwsError value(String key, String value) {
            return invalid(InvalidInputExceptionReason.INVALID_PATTERN, "You provided a tag value that is not valid.");
        }

        @Override
        public AwsError reserved(String key) {
            return invalid(
                    InvalidInputExceptionReason.INVALID_SYSTEM_TAGS_PARAMETER,
                    "You specified a tag key that is a system tag. You can't add, edit, or delete system tag keys"
                            + " because they're reserved for AWS use.");
        }

        private AwsError invalid(String reason, String message) {
            return Tree.refused(Organizations.INVALID_INPUT_EXCEPTION, reason, message);
        }
    });

    private static final List<Kind<Mark>> KINDS = Stream.of("root", "ou", "account", "policy", "resourcepolicy")
            .map(Marks::kind)
            .toList();

    private final Tree tree;
    private final Kernel kernel;

    Marks(Kernel kernel, Tree tree) {
        this.tree = tree;
        this.kernel = kernel;
    }

    static List<Kind<?>> kinds() {
        return List.copyOf(KINDS);
    }

    private static Kind<Mark> kind(String name) {
        return Kind.of(OrganizationsService.ID, name, Mark.class, _ -> missing())
                .arn(id -> name + '/' + id)
                .in(Scope.ACCOUNT)
                .tags(RULES);
    }

    static AwsError missing() {
        return Organizations.TARGET_NOT_FOUND_EXCEPTION.because("You specified a target that doesn't exist.");
    }

    /// The tags that `id` is to have later, if it may.
    static Map<String, String> checked(String id, Map<String, String> tags) {
        RULES.check(id, tags, tags);
        return tags;
    }

    /// Does `work` with the shelf of what has the id `id`, and its name there.
    private <R> R at(Realm organization, String id, BiFunction<Shelf<Mark>, String, R> work) {
        Call call = Call.current();
        String name = name(id);
        String path = organization.key() + '/' + (name.equals("policy") ? type(id) + '/' : "") + id;
        return call.in(organization.management()).run(() -> work.apply(shelf(name), path));
    }

    private Shelf<Mark> shelf(String name) {
        return kernel.shelf(KINDS.stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    private static String name(String id) {
        if (id.startsWith("r-")) {
            return "root";
        }
        if (id.startsWith("ou-")) {
            return "ou";
        }
        if (id.startsWith("rp-")) {
            return "resourcepolicy";
        }
        return id.startsWith("p-") ? "policy" : "account";
    }

    private String type(String policy) {
        return tree.laws
                .find(policy)
                .map(law -> law.type().toLowerCase(Locale.ROOT))
                .orElse("none");
    }

    /// Notes that there is something to be tagged, with its first tags.
    void open(Realm organization, String id, Map<String, String> tags) {
        boolean made = at(organization, id, (shelf, path) -> shelf.create(new Mark(path), tags));
        if (!made) {
            throw new IllegalStateException(id + " is there already");
        }
    }

    void close(Realm organization, String id) {
        at(organization, id, (shelf, path) -> {
            shelf.find(path).ifPresent(mark -> shelf.remove(mark.id()));
            return true;
        });
    }

    Map<String, String> of(Realm organization, String id) {
        return at(organization, id, (shelf, path) -> shelf.tags(shelf.get(path).id()));
    }

    void tag(Realm organization, String id, Map<String, String> more) {
        at(organization, id, (shelf, path) -> {
            shelf.tag(shelf.get(path).id(), more);
            return true;
        });
    }

    void untag(Realm organization, String id, Set<String> keys) {
        at(organization, id, (shelf, path) -> {
            shelf.untag(shelf.get(path).id(), keys);
            return true;
        });
    }
}
