package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.services.dynamodb.value.Refusals;

/// Names of tables and indexes. Where a table is to be named, its ARN will do.
final class TableNames {
    private static final int SHORTEST = 3;
    private static final int LONGEST = 255;

    private TableNames() {}

    /// The table's name, where it may be an ARN.
    static String of(String nameOrArn) {
        if (!nameOrArn.startsWith("arn:")) {
            return nameOrArn;
        }
        return Arn.parse(nameOrArn)
                .filter(arn -> arn.service().equals(DynamoDbService.ID))
                .map(Arn::resource)
                .filter(resource -> resource.startsWith("table/"))
                .map(resource -> resource.split("/", 3)[1])
                .orElseThrow(() ->
                        Refusals.invalid("Invalid TableArn: Invalid ResourceArn provided as input %s", nameOrArn));
    }

    static boolean isValid(String name) {
        return name.length() >= SHORTEST
                && name.length() <= LONGEST
                && name.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '_'
                                || c == '-'
                                || c == '.');
    }

    /// Refuses a table's name that is missing its bounds, as the operations on tables do.
    static void check(String name) {
        if (name.length() < SHORTEST || name.length() > LONGEST) {
            throw Refusals.invalid("TableName must be at least 3 characters long and at most 255 characters long");
        }
        checkAny(name);
    }

    static void checkAny(String name) {
        if (!isValid(name)) {
            throw Refusals.invalid("Invalid table/index name.  Table/index names must be between 3 and 255 characters"
                    + " long, and may contain only the characters a-z, A-Z, 0-9, '_', '-', and '.'");
        }
    }
}
