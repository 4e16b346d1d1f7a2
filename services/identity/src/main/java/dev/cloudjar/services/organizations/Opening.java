package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Row;
import java.time.Instant;

/// A request for a new account, and what came of it: the account, or why there is none.
record Opening(String key, String organization, String name, String account, String failure, Instant at)
        implements Row<String> {}
