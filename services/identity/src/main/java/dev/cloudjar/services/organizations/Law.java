package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations.PolicyType;
import dev.cloudjar.kernel.Row;
import java.util.List;

/// A policy of an organization, of whatever type. Those of AWS belong to none.
record Law(String key, String organization, String type, Text text) implements Row<String> {
    /// The policies that let everything pass, which AWS attaches by itself.
    static final Law ALL_SERVICES = new Law(
            "p-FullAWSAccess",
            "",
            PolicyType.SERVICE_CONTROL_POLICY,
            new Text("FullAWSAccess", "Allows access to every operation", """
                    {
                      "Version": "2012-10-17",
                      "Statement": [
                        {
                          "Effect": "Allow",
                          "Action": "*",
                          "Resource": "*"
                        }
                      ]
                    }"""));

    static final Law ALL_RESOURCES = new Law(
            "p-RCPFullAWSAccess",
            "",
            PolicyType.RESOURCE_CONTROL_POLICY,
            new Text("RCPFullAWSAccess", "Allows access to every resource", """
                    {
                      "Version": "2012-10-17",
                      "Statement": [
                        {
                          "Effect": "Allow",
                          "Principal": "*",
                          "Action": "*",
                          "Resource": "*"
                        }
                      ]
                    }"""));

    static final List<Law> OF_AWS = List.of(ALL_SERVICES, ALL_RESOURCES);

    record Text(String name, String description, String content) {}

    boolean isOfAws() {
        return organization.isEmpty();
    }
}
