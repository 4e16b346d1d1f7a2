package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Resource;
import java.util.List;
import java.util.stream.Stream;

/// A security group of a VPC, with the ids of its rules in the order in which they were made.
record GroupRow(String id, String vpc, String name, String description, List<String> rules) implements Resource {
    /// The group that each VPC has and keeps.
    static final String DEFAULT = "default";

    boolean isDefault() {
        return name.equals(DEFAULT);
    }

    GroupRow adding(List<String> more) {
        return new GroupRow(
                id,
                vpc,
                name,
                description,
                Stream.concat(rules.stream(), more.stream()).toList());
    }

    GroupRow without(List<String> fewer) {
        return new GroupRow(
                id,
                vpc,
                name,
                description,
                rules.stream().filter(rule -> !fewer.contains(rule)).toList());
    }
}
