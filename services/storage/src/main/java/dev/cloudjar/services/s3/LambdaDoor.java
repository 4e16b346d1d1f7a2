package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.ObjectLambdaConfiguration;
import dev.cloudjar.api.S3Control.ObjectLambdaTransformationConfiguration;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.StructJson;
import java.time.Instant;
import java.util.Optional;

/// An Object Lambda access point: a way to another access point, on which functions answer some requests. Its
/// configuration is kept as it came.
record LambdaDoor(String key, String alias, Instant created, String configuration, String policy)
        implements Row<String> {
    static final String SUFFIX = "--ol-s3";
    static final String SERVICE = "s3-object-lambda";

    LambdaDoor configured(String other) {
        return new LambdaDoor(key, alias, created, other, policy);
    }

    LambdaDoor saying(String other) {
        return new LambdaDoor(key, alias, created, configuration, other);
    }

    ObjectLambdaConfiguration read() {
        return StructJson.read(configuration, new ObjectLambdaConfiguration());
    }

    /// The name of the access point behind, which is of the same account and region.
    String supporting() {
        String arn = read().supportingAccessPoint();
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    /// What is done to the answers of `operation`, where anything is.
    Optional<ObjectLambdaTransformationConfiguration> transforming(String operation) {
        return read().transformationConfigurations().stream()
                .filter(each -> each.actions().contains(operation))
                .findFirst();
    }
}
