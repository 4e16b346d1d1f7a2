package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.AccessControlPolicy;
import dev.cloudjar.api.S3.Grant;
import dev.cloudjar.api.S3.Grantee;
import dev.cloudjar.model.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Access control lists: canned, granted by headers, or written out as a document.
final class Acl {
    static final String DOCUMENT = "acl";
    static final String FULL_CONTROL = "FULL_CONTROL";
    static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    static final String AUTHENTICATED = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    static final String LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    private static final List<String> GROUPS = List.of(ALL_USERS, AUTHENTICATED, LOG_DELIVERY);
    private static final Map<String, String> HEADERS = Map.of(
            "GrantFullControl", FULL_CONTROL,
            "GrantRead", "READ",
            "GrantReadACP", "READ_ACP",
            "GrantWrite", "WRITE",
            "GrantWriteACP", "WRITE_ACP");

    private Acl() {}

    /// The list that only its owner is on.
    static AccessControlPolicy ofOwner(String account) {
        return new AccessControlPolicy()
                .owner(Canonical.owner(account))
                .grants(List.of(grant(user(Canonical.id(account)), FULL_CONTROL)));
    }

    /// The list that an input asks for by a canned name or by grants, for something of `owner`'s in a bucket of
    /// `bucketOwner`'s.
    static Optional<AccessControlPolicy> asked(Asked in, String owner, String bucketOwner) {
        Optional<String> canned = in.filled("ACL");
        List<Grant> granted = granted(in);
        if (canned.isPresent() && !granted.isEmpty()) {
            throw Refusals.request("Specifying both Canned ACLs and Header Grants is not allowed");
        }
        if (canned.isPresent()) {
            return Optional.of(canned(canned.get(), owner, bucketOwner));
        }
        return granted.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new AccessControlPolicy().owner(Canonical.owner(owner)).grants(granted));
    }

    private static AccessControlPolicy canned(String name, String owner, String bucketOwner) {
        AccessControlPolicy acl = ofOwner(owner);
        List<Grant> grants = new ArrayList<>(acl.grants());
        switch (name) {
            case "private", "aws-exec-read" -> {}
            case "public-read" -> grants.add(grant(group(ALL_USERS), "READ"));
            case "public-read-write" -> {
                grants.add(grant(group(ALL_USERS), "READ"));
                grants.add(grant(group(ALL_USERS), "WRITE"));
            }
            case "authenticated-read" -> grants.add(grant(group(AUTHENTICATED), "READ"));
            case "log-delivery-write" -> {
                grants.add(grant(group(LOG_DELIVERY), "WRITE"));
                grants.add(grant(group(LOG_DELIVERY), "READ_ACP"));
            }
            case "bucket-owner-read" -> addOwner(grants, owner, bucketOwner, "READ");
            case "bucket-owner-full-control" -> addOwner(grants, owner, bucketOwner, FULL_CONTROL);
            default -> throw Refusals.argument("", "x-amz-acl", name);
        }
        return acl.grants(grants);
    }

    private static void addOwner(List<Grant> grants, String owner, String bucketOwner, String permission) {
        if (!owner.equals(bucketOwner)) {
            grants.add(grant(user(Canonical.id(bucketOwner)), permission));
        }
    }

    private static List<Grant> granted(Asked in) {
        List<Grant> grants = new ArrayList<>();
        HEADERS.forEach((member, permission) -> in.filled(member).ifPresent(header -> {
            for (String one : header.split(",", -1)) {
                String name =
                        "x-amz-grant-" + permission.toLowerCase(Locale.ROOT).replace('_', '-');
                grants.add(grant(grantee(name, one.strip()), permission));
            }
        }));
        return grants;
    }

    /// `id="…"`, `uri="…"` or `emailAddress="…"`.
    private static Grantee grantee(String header, String text) {
        int equals = text.indexOf('=');
        String kind = equals < 0 ? "" : text.substring(0, equals).strip();
        String value = Conditions.unquoted(text.substring(equals + 1).strip());
        return switch (kind) {
            case "id" -> user(checkedId("id", value));
            case "uri" -> group(checkedGroup("uri", value));
            case "emailAddress" -> throw unresolvable(value);
            default -> throw Refusals.argument("Argument format not recognized", header, text);
        };
    }

    private static String checkedId(String name, String id) {
        boolean hex = id.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        if (!hex || id.length() != Canonical.LENGTH && !id.equals(Canonical.ANONYMOUS)) {
            throw Refusals.argument("Invalid id", name, id);
        }
        return id;
    }

    private static String checkedGroup(String name, String uri) {
        if (!GROUPS.contains(uri)) {
            throw Refusals.argument("Invalid group uri", name, uri);
        }
        return uri;
    }

    /// AWS has stopped to know accounts by their email address.
    private static AwsError unresolvable(String email) {
        return Refusals.argument("Invalid email address", "emailAddress", email);
    }

    /// The list of a document, held to what S3 takes; `owner` cannot be changed by it.
    static AccessControlPolicy checked(AccessControlPolicy document, String owner) {
        String id = document.owner().flatMap(S3.Owner::id).orElseThrow(Refusals::malformedAcl);
        if (!id.equals(Canonical.id(owner))) {
            throw Refusals.denied();
        }
        for (Grant grant : document.grants()) {
            Grantee grantee = grant.grantee().orElseThrow(Refusals::malformedAcl);
            if (grant.permission().filter(S3.Permission.VALUES::contains).isEmpty()) {
                throw Refusals.malformedAcl();
            }
            switch (grantee.type()) {
                case "CanonicalUser" ->
                    checkedId("CanonicalUser/ID", grantee.id().orElseThrow(Refusals::malformedAcl));
                case "Group" -> checkedGroup("Group/URI", grantee.uri().orElseThrow(Refusals::malformedAcl));
                case "AmazonCustomerByEmail" ->
                    throw unresolvable(grantee.emailAddress().orElse(""));
                default -> throw Refusals.malformedAcl();
            }
        }
        return new AccessControlPolicy().owner(Canonical.owner(owner)).grants(document.grants());
    }

    static boolean isPublic(AccessControlPolicy acl) {
        return acl.grants().stream()
                .flatMap(grant -> grant.grantee().stream())
                .flatMap(grantee -> grantee.uri().stream())
                .anyMatch(uri -> !uri.equals(LOG_DELIVERY));
    }

    private static Grantee user(String id) {
        return new Grantee().type("CanonicalUser").id(id);
    }

    private static Grantee group(String uri) {
        return new Grantee().type("Group").uri(uri);
    }

    private static Grant grant(Grantee to, String permission) {
        return new Grant().grantee(to).permission(permission);
    }
}
