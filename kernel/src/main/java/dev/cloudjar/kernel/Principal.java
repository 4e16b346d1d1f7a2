package dev.cloudjar.kernel;

import dev.cloudjar.kernel.checksum.Digests;

/// Who makes a call: the ARN by which policies know it, the account it belongs to, its unique id, and the session
/// where its credentials are temporary.
public record Principal(String arn, String account, String userId, Session session) {
    /// What policies tell apart.
    public enum Kind {
        ROOT,
        USER,
        /// A role that somebody has assumed.
        SESSION,
        /// Whom a user has given a part of its own permissions (GetFederationToken).
        FEDERATED_USER,
        /// Somebody of an identity provider, who asks for a role.
        FEDERATED,
        SERVICE,
        ANONYMOUS
    }

    public Principal(String arn, String account, String userId) {
        this(arn, account, userId, Session.NONE);
    }

    /// The root user of an account.
    public static Principal root(String account) {
        return new Principal("arn:aws:iam::" + account + ":root", account, account);
    }

    /// An AWS service acting in its own name, such as `sqs.amazonaws.com`.
    public static Principal service(String name) {
        return new Principal(name, name, name);
    }

    /// Nobody in particular: an unsigned request.
    public static Principal anonymous() {
        return new Principal("*", "anonymous", "anonymous");
    }

    public Kind kind() {
        if (arn.equals("*")) {
            return Kind.ANONYMOUS;
        }
        if (account.equals(arn)) {
            return Kind.SERVICE;
        }
        if (arn.contains(":sts::")) {
            return arn.contains(":assumed-role/") ? Kind.SESSION : Kind.FEDERATED_USER;
        }
        if (arn.endsWith(":root")) {
            return Kind.ROOT;
        }
        return arn.contains(":user/") ? Kind.USER : Kind.FEDERATED;
    }

    /// Whether a user or root has got these credentials for itself, by GetSessionToken: they say whether it has
    /// shown a device's code.
    public boolean hasOwnSession() {
        boolean own = kind() == Kind.USER || kind() == Kind.ROOT;
        return own && session.facts().containsKey(Session.MFA);
    }

    /// The unique id of the role or user without the name of the session.
    public String issuerId() {
        int colon = userId.indexOf(':');
        return colon < 0 ? userId : userId.substring(0, colon);
    }

    /// The name by which S3 and CloudFront know the account.
    public String canonicalId() {
        return canonicalId(account);
    }

    /// The name by which S3 and CloudFront know `account`: 64 hexadecimal digits.
    public static String canonicalId(String account) {
        return Digests.hex(Digests.sha256("canonical user " + account));
    }
}
