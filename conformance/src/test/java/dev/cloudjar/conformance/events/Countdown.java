package dev.cloudjar.conformance.events;

import dev.cloudjar.api.Kinesis;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.EventStream;
import dev.cloudjar.model.Struct;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A shard to subscribe to, whose id says how many events it has before it fails.
public final class Countdown implements Service, Kinesis {
    public static final Service.Entry ENTRY = new Service.Entry("kinesis", kernel -> new Countdown());

    @Override
    public List<Api> parts() {
        return List.of(this);
    }

    @Override
    @OutsideTransaction
    public SubscribeToShardOutput subscribeToShard(SubscribeToShardInput in) {
        return new SubscribeToShardOutput().eventStream(new Counting(Integer.parseInt(in.shardId())));
    }

    private static final class Counting implements EventStream {
        private final int last;
        private int count;

        Counting(int last) {
            this.last = last;
        }

        @Override
        public @Nullable Struct next() {
            if (count == last) {
                throw RESOURCE_IN_USE_EXCEPTION.because("Somebody else subscribed.");
            }
            count++;
            return new SubscribeToShardEventStream()
                    .subscribeToShardEvent(new SubscribeToShardEvent()
                            .records(List.of())
                            .continuationSequenceNumber(Integer.toString(count))
                            .millisBehindLatest(0L));
        }

        @Override
        public void close() {
            count = last;
        }
    }
}
