package dev.cloudjar.conformance.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.dynamodbv2.AcquireLockOptions;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClient;
import com.amazonaws.services.dynamodbv2.AmazonDynamoDBLockClientOptions;
import com.amazonaws.services.dynamodbv2.CreateDynamoDBTableOptions;
import com.amazonaws.services.dynamodbv2.LockItem;
import com.amazonaws.services.dynamodbv2.model.LockCurrentlyUnavailableException;
import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.kernel.store.Together;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/// AWS's library of locks, unchanged: one holder at a time, data with the lock, and a lock whose holder is gone
/// is taken over once its lease is over.
@OnCloud
@Tag("acceptance")
class LockClientTest {
    private static final String TABLE = "locks";
    private static final long LEASE = 600;

    private final DynamoDbClient dynamoDb;

    LockClientTest(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    @BeforeEach
    void makeTheTable() {
        var throughput = ProvisionedThroughput.builder()
                .readCapacityUnits(10L)
                .writeCapacityUnits(10L)
                .build();
        try {
            AmazonDynamoDBLockClient.createLockTableInDynamoDB(
                    CreateDynamoDBTableOptions.builder(dynamoDb, throughput, TABLE)
                            .build());
        } catch (ResourceInUseException there) {
            assertThat(there).hasMessageContaining("Table already exists: " + TABLE);
        }
    }

    private AmazonDynamoDBLockClient client(String owner) {
        return new AmazonDynamoDBLockClient(AmazonDynamoDBLockClientOptions.builder(dynamoDb, TABLE)
                .withOwnerName(owner)
                .withTimeUnit(TimeUnit.MILLISECONDS)
                .withLeaseDuration(LEASE)
                .withHeartbeatPeriod(LEASE / 6)
                .withCreateHeartbeatBackgroundThread(false)
                .build());
    }

    private static AcquireLockOptions atOnce(String key) {
        return AcquireLockOptions.builder(key)
                .withShouldSkipBlockingWait(true)
                .withDeleteLockOnRelease(false)
                .withData(ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    @Test
    void aLockThatIsHeldIsNotHadTwice() throws IOException, InterruptedException {
        try (AmazonDynamoDBLockClient one = client("one");
                AmazonDynamoDBLockClient other = client("other")) {
            LockItem held = one.acquireLock(atOnce("door"));

            assertThatThrownBy(() -> other.acquireLock(atOnce("door")))
                    .isInstanceOf(LockCurrentlyUnavailableException.class);
            assertThat(other.getLock("door", Optional.empty()))
                    .hasValueSatisfying(seen -> assertThat(seen.getOwnerName()).isEqualTo("one"));

            one.sendHeartbeat(held);
            assertThat(one.releaseLock(held)).isTrue();
            LockItem next = other.acquireLock(atOnce("door"));
            assertThat(next.getOwnerName()).isEqualTo("other");
            assertThat(next.getData().map(StandardCharsets.UTF_8::decode).map(Object::toString))
                    .contains("door");
        }
    }

    @Test
    void aLockWhoseHolderIsGoneIsTakenOver() throws IOException, InterruptedException {
        try (AmazonDynamoDBLockClient gone = client("gone");
                AmazonDynamoDBLockClient heir = client("heir")) {
            LockItem lost = gone.acquireLock(atOnce("house"));

            LockItem taken = heir.acquireLock(AcquireLockOptions.builder("house")
                    .withRefreshPeriod(50L)
                    .withAdditionalTimeToWaitForLock(LEASE * 5)
                    .withTimeUnit(TimeUnit.MILLISECONDS)
                    .build());

            assertThat(taken.getOwnerName()).isEqualTo("heir");
            assertThat(gone.releaseLock(lost)).isFalse();
        }
    }

    @Test
    void eachOfManyHasTheLockAloneAndInTurn() {
        var inside = new AtomicInteger();
        var done = new AtomicInteger();

        Together.run(6, random -> {
            try (AmazonDynamoDBLockClient mine = client("client-" + random.nextLong())) {
                LockItem lock = mine.acquireLock(AcquireLockOptions.builder("room")
                        .withRefreshPeriod(20L)
                        .withAdditionalTimeToWaitForLock(20_000L)
                        .withTimeUnit(TimeUnit.MILLISECONDS)
                        .build());
                assertThat(inside.incrementAndGet()).isEqualTo(1);
                done.incrementAndGet();
                inside.decrementAndGet();
                mine.releaseLock(lock);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(done.get()).isEqualTo(6);
    }
}
