package dev.cloudjar.kernel.policy;

import dev.cloudjar.kernel.Arn;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands in a statement: actions, resources, principals and condition keys, each in the form that IAM
/// wants.
final class Names {
    private static final List<String> IAM_PATHS = List.of(
            "user/",
            "federated-user/",
            "role/",
            "group/",
            "instance-profile/",
            "mfa/",
            "server-certificate/",
            "policy/",
            "sms-mfa/",
            "saml-provider/",
            "oidc-provider/",
            "report/",
            "access-report/");
    private static final Set<String> TYPES = Set.of("AWS", "Service", "Federated", "CanonicalUser");
    private static final Set<String> PARTITIONS =
            Set.of("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc");

    private final Grammar grammar;

    Names(Grammar grammar) {
        this.grammar = grammar;
    }

    Glob action(String text) {
        if (text.equals("*")) {
            return Glob.plain(text);
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
        String vendor = text.substring(0, colon);
        boolean plain = !vendor.isEmpty() && vendor.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '*');
        if (!plain) {
            throw new Malformed("Vendor " + vendor + " is not valid");
        }
        if (text.indexOf(':', colon + 1) >= 0) {
            throw new Malformed("Actions/Condition can contain only one colon.");
        }
        return Glob.plain(text.toLowerCase(Locale.ROOT));
    }

    private static boolean isAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    Glob resource(String text, boolean variables) {
        boolean free = text.equals("*") || grammar == Grammar.RESOURCE && !text.startsWith("arn:");
        if (!free) {
            checkArn(text);
        }
        return variables ? Glob.of(text) : Glob.plain(text);
    }

    private static void checkArn(String text) {
        String[] parts = text.split(":", 6);
        if (!parts[0].equals("arn") && !parts[0].equals("*")) {
            throw new Malformed("Resource " + text + " must be in ARN format or \"*\".");
        }
        if (parts.length > 1 && !isPartition(parts[1])) {
            throw new Malformed("Partition \"" + parts[1] + "\" is not valid for resource \"" + padded(text) + "\".");
        }
        if (parts.length < 6 && !text.endsWith("*")) {
            throw new Malformed("The policy failed legacy parsing");
        }
        if (parts.length > 2 && parts[2].isEmpty()) {
            throw new Malformed("Vendor  is not valid");
        }
        if (parts.length == 6 && parts[2].equals("iam")) {
            checkIam(text, parts);
        }
        if (parts.length == 6 && parts[2].equals("s3") && !parts[3].isEmpty() && !parts[5].contains("/")) {
            throw new Malformed("Resource " + text + " can not contain region information.");
        }
    }

    private static boolean isPartition(String text) {
        return text.contains("*") || text.contains("?") || text.contains("${") || PARTITIONS.contains(text);
    }

    private static String padded(String text) {
        var padded = new StringBuilder(text);
        for (int parts = text.split(":", -1).length; parts < 6; parts++) {
            padded.append(":*");
        }
        return padded.toString();
    }

    private static void checkIam(String text, String[] parts) {
        if (!parts[3].isEmpty() && !parts[3].equals("*")) {
            throw new Malformed("IAM resource " + text + " cannot contain region information.");
        }
        String resource = parts[5];
        boolean known = resource.startsWith("*")
                || resource.startsWith("$")
                || resource.equals("root")
                || IAM_PATHS.stream().anyMatch(resource::startsWith);
        if (!known && !resource.contains("*")) {
            throw new Malformed(
                    "IAM resource path must either be \"*\" or start with " + String.join(", ", IAM_PATHS) + ".");
        }
    }

    Principals principals(@Nullable Object value) {
        if (value instanceof String text) {
            if (text.equals("*")) {
                return new Principals(true, Map.of());
            }
            throw invalid("\"" + text + "\"", "");
        }
        Map<String, @Nullable Object> given = Reader.object(value);
        var names = new LinkedHashMap<String, Set<String>>();
        boolean everybody = false;
        for (Map.Entry<String, @Nullable Object> entry : given.entrySet()) {
            String type = entry.getKey();
            if (!TYPES.contains(type)) {
                throw invalid("\"" + type + "\"", "");
            }
            var those = new HashSet<String>();
            for (String name : Reader.texts(entry.getValue())) {
                everybody |= name.equals("*") && type.equals("AWS");
                those.add(checked(type, name));
            }
            names.put(type, those);
        }
        return new Principals(everybody, names);
    }

    private static String checked(String type, String name) {
        boolean valid = switch (type) {
            case "AWS" -> name.equals("*") || isAccount(name) || isUniqueId(name) || isPrincipalArn(name);
            case "Service" -> name.contains(".") || name.equals("*");
            default -> !name.isEmpty();
        };
        if (!valid) {
            throw invalid("\"" + type + "\"", ":\"" + name + "\"");
        }
        return name;
    }

    private static Malformed invalid(String type, String name) {
        return new Malformed("Invalid principal in policy: " + type + name);
    }

    private static boolean isAccount(String name) {
        return name.length() == 12 && name.chars().allMatch(Character::isDigit);
    }

    private static boolean isUniqueId(String name) {
        return name.startsWith("A") && name.length() >= 16 && name.chars().allMatch(Names::isAlphanumeric);
    }

    private static boolean isPrincipalArn(String name) {
        Optional<Arn> arn = Arn.parse(name);
        return arn.isPresent()
                && PARTITIONS.contains(arn.get().partition())
                && (arn.get().service().equals("iam") || arn.get().service().equals("sts"))
                && isAccount(arn.get().account())
                && !arn.get().resource().contains("*");
    }

    void checkKey(String key) {
        int colon = key.indexOf(':');
        if (colon <= 0) {
            throw new Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }
    }

    void checkValues(Operator operator, List<String> texts) {
        for (String text : texts) {
            boolean wrong = switch (operator) {
                case IP_ADDRESS, NOT_IP_ADDRESS -> !text.contains("${") && !Cidr.isRange(text);
                case DATE_EQUALS, DATE_NOT_EQUALS, DATE_LESS_THAN, DATE_GREATER_THAN ->
                    !text.contains("${") && Operator.instant(text) == null;
                case BOOL, NULL ->
                    !text.contains("${") && !text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false");
                default -> false;
            };
            if (wrong) {
                throw new Malformed("The value for the condition operator is not valid: " + text);
            }
        }
    }
}
