package dev.cloudjar.conformance.events;

import dev.cloudjar.api.CloudWatch;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.time.Instant;
import java.util.List;

/// A metric that always has the same two values: a service that answers in CBOR.
public final class Gauge implements Service, CloudWatch {
    public static final Service.Entry ENTRY = new Service.Entry("cloudwatch", kernel -> new Gauge());

    @Override
    public List<Api> parts() {
        return List.of(this);
    }

    @Override
    @OutsideTransaction
    public GetMetricDataOutput getMetricData(GetMetricDataInput in) {
        if (in.nextToken().isPresent()) {
            throw INVALID_NEXT_TOKEN.because("Nobody gave this token.");
        }
        Instant start = in.startTime();
        return new GetMetricDataOutput()
                .metricDataResults(List.of(new MetricDataResult()
                        .id("a")
                        .label("pressure")
                        .statusCode("Complete")
                        .timestamps(List.of(start, start.plusMillis(1500)))
                        .values(List.of(1.5, -2.0))));
    }
}
