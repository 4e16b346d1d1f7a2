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
        for (String name : MEMBERS) {
            if (input.get(name) instanceof String text && text.startsWith("arn:")) {
                Optional<Arn> home = Arn.parse(text)
                        .filter(arn -> arn.service().equals(DynamoDbService.ID)
                                && !arn.account().isEmpty());
                if (home.isPresent()) {
                    return home;
                }
            }
        }
        return Optional.empty();
    }
}
