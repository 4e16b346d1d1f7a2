package dev.cloudjar.kernel.store;

import java.util.function.Consumer;

/// A kind of store that is asked for by a URL, such as `jdbc:postgresql://host/database`; found as a service.
public interface StoreEngine {
    /// Whether `url` is one of this kind.
    boolean takes(String url);

    /// Opens the store; `report` hears what an operator should know.
    Store open(String url, Consumer<String> report);
}
