package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Accepts;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.Struct;
import java.util.Locale;
import java.util.Set;

/// How names and paths may be written. IAM refuses others in words of its own, where they are no longer than they
/// may be; that is for AWS's common framework to say.
final class Spelling {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_PATH = 512;
    private static final Set<String> NAMES = Set.of(
            "UserName",
            "NewUserName",
            "GroupName",
            "NewGroupName",
            "RoleName",
            "PolicyName",
            "InstanceProfileName",
            "ServerCertificateName",
            "NewServerCertificateName");
    private static final Accepts NAME = Accepts.text(1, LONGEST_NAME, "a-zA-Z0-9_+=,.@-");

    private Spelling() {}

    static void check(Struct in) {
        for (Member member : in.shape().members()) {
            if (in.get(member) instanceof String text && !text.isEmpty()) {
                check(member.name(), text);
            }
        }
    }

    private static void check(String member, String text) {
        boolean path = member.equals("Path") || member.equals("NewPath");
        if (NAMES.contains(member) && text.length() <= LONGEST_NAME && !NAME.takes(text)) {
            throw refused(member, "It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }
        if (path && text.length() <= LONGEST_PATH && !isPath(text, true)) {
            throw refused(
                    member,
                    "It must begin and end with / and contain only alphanumeric characters and/or / characters.");
        }
        if (member.equals("PathPrefix") && text.length() <= LONGEST_PATH && !isPath(text, false)) {
            throw refused(
                    member,
                    "It must begin with the / character and contain only alphanumeric characters and/or / characters.");
        }
    }

    private static boolean isPath(String text, boolean whole) {
        return text.startsWith("/")
                && (!whole || text.endsWith("/"))
                && text.chars().allMatch(c -> c > ' ' && c <= '\u007F');
    }

    private static AwsError refused(String member, String rule) {
        String name = member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
        return Refusals.VALIDATION.because("The specified value for %s is invalid. %s", name, rule);
    }
}
