package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Optional;

/// Amazon DynamoDB Streams: what has changed in tables, to be read for a day. DynamoDB writes the changes down;
/// this service only shows them.
public final class DynamoDbStreamsService implements Service {
    private final Kernel kernel;

    public DynamoDbStreamsService(Kernel kernel) {
        this.kernel = kernel.as(DynamoDbService.ID);
    }

    @Override
    public List<Api> parts() {
        var changes = new Changes(kernel);
        var streams = new Streams(kernel, changes);
        return List.of(new StreamListing(kernel, streams, changes), new StreamReads(kernel, streams, changes));
    }

    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return Homes.of(input);
    }
}
