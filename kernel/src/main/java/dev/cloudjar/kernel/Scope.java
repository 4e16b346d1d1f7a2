package dev.cloudjar.kernel;

import dev.cloudjar.kernel.codec.KeyCodec;

/// Whose rows a table holds: calls in another scope do not see them.
public enum Scope {
    /// Rows of one account in one region: most resources.
    REGION,
    /// Rows of one account: IAM and other global services.
    ACCOUNT,
    /// Rows of everybody: bucket names, timers.
    WORLD;

    byte[] prefix(byte[] table) {
        return switch (this) {
            case REGION ->
                KeyCodec.encode(table, Call.current().account(), Call.current().region());
            case ACCOUNT -> KeyCodec.encode(table, Call.current().account());
            case WORLD -> table;
        };
    }
}
