package dev.cloudjar.kernel.policy;

import java.util.Optional;

/// Signatures under which an account vouches for its principals towards others, once it has enabled that. The
/// port of IAM.
public interface WebTokens {
    /// The issuer of the tokens of the call's account, where it gives any.
    Optional<String> issuer();

    /// The token with these claims, signed with the account's key for `algorithm` (`RS256`, `ES384`).
    String sign(String algorithm, String claims);

    /// The keys of the issuer `host`, of whatever account, as a JSON web key set; nothing where there is none.
    Optional<String> keySet(String host);
}
