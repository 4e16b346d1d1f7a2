package dev.cloudjar.services.organizations;

import dev.cloudjar.kernel.Row;

/// An organizational unit, under the root or another unit.
record Unit(String key, String organization, String parent, String name) implements Row<String> {}
