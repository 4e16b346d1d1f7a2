package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// Finds the account and region in which a request is at home: those of the resource that it names by an ARN.
public final class Homes {
    private static final List<String> MEMBERS = List.of(
            "TableName",
            "ResourceArn",
            "TableArn",
            "BackupArn",
            "SourceTableArn",
            "StreamArn",
            "ExportArn",
            "ImportArn");

    private Homes() {}

    public static Optional<Arn> of(Struct input) {
        return MEMBERS.stream()
                .flatMap(name -> Optional.ofNullable(input.get(name)).stream())
                .filter(value -> value instanceof String)
                .map(String.class::cast)
                .flatMap(text -> Arn.parse(text).stream())
                .filter(arn -> arn.service().equals(DynamoDbService.ID)
                        && !arn.account().isEmpty())
                .findFirst();
    }
}
