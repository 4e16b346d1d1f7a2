package dev.cloudjar.kernel;

import java.util.List;

/// Something that happened, in the shape in which EventBridge tells it. `detail` is JSON.
public record AwsEvent(String source, String detailType, List<Arn> resources, String detail) {
    public AwsEvent {
        resources = List.copyOf(resources);
    }
}
