package dev.cloudjar.kernel;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// In which organization an account is, and what it may do there. The port of Organizations.
public interface Memberships {
    /// The organization of an account, as seen by that account.
    ///
    /// @param management the account that owns the organization
    /// @param trusted the services that may act in all its accounts
    /// @param delegated the services for which this account is a delegated administrator
    record Membership(
            String organization, String management, boolean allFeatures, Set<String> trusted, Set<String> delegated) {
        /// Whether `account`, which this is about, may do the work of the management account for `service`.
        public boolean administers(String account, String service) {
            return account.equals(management) || delegated.contains(service);
        }
    }

    Optional<Membership> of(String account);

    /// When an account was opened by its organization; nothing for one that was there before.
    Optional<Instant> opened(String account);

    /// The e-mail of the root user of a member; nothing for an account that is none.
    Optional<String> email(String account);

    /// Gives the root user of a member another e-mail; false where it is somebody's already.
    boolean mailTo(String account, String email);
}
