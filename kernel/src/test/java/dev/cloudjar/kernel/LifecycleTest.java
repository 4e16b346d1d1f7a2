package dev.cloudjar.kernel;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.kernel.codec.RowCodec;
import dev.cloudjar.model.AwsError;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A status is a function of the last move and of now.
class LifecycleTest {
    enum Status {
        CREATING,
        AVAILABLE,
        STOPPING,
        STOPPED,
        DELETING,
        DELETED
    }

    record Db(String id, Phase<Status> phase) implements Resource {}

    private static final Lifecycle<Status> LIFE = Lifecycle.of(Status.class)
            .eventually(Status.CREATING, Status.AVAILABLE, ofMinutes(5))
            .allow(Status.AVAILABLE, Status.STOPPING)
            .eventually(Status.STOPPING, Status.STOPPED, ofMinutes(2))
            .allow(Status.AVAILABLE, Status.DELETING)
            .eventually(Status.DELETING, Status.DELETED, ofMinutes(1));

    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final AwsError.Code STATE = AwsError.Code.of("InvalidState", 400);

    private static Moment moment(int minute, String call, boolean realistic) {
        return new Moment(START.plus(ofMinutes(minute)), call, realistic);
    }

    @Test
    void withoutDelaysTheCallThatMovesSeesTheTransitionAndTheNextItsEnd() {
        Phase<Status> made = LIFE.begin(Status.CREATING, moment(0, "first", false));

        assertThat(LIFE.at(made, moment(0, "first", false))).isEqualTo(Status.CREATING);
        assertThat(LIFE.at(made, moment(0, "second", false))).isEqualTo(Status.AVAILABLE);
        Phase<Status> stopped =
                LIFE.move(made, Status.STOPPING, moment(0, "second", false), s -> STATE.because("is %s", s));
        assertThat(LIFE.at(stopped, moment(0, "second", false))).isEqualTo(Status.STOPPING);
        assertThat(LIFE.at(stopped, moment(0, "third", false))).isEqualTo(Status.STOPPED);
    }

    @Test
    void withRealisticDelaysTheClockMoves() {
        Phase<Status> made = LIFE.begin(Status.CREATING, moment(0, "first", true));

        assertThat(LIFE.at(made, moment(4, "second", true))).isEqualTo(Status.CREATING);
        assertThat(LIFE.at(made, moment(5, "first", true))).isEqualTo(Status.AVAILABLE);
        assertThat(LIFE.reaches(Status.AVAILABLE, made)).contains(START.plus(ofMinutes(5)));
        assertThat(LIFE.reaches(Status.DELETED, made)).isEmpty();
        Phase<Status> gone = LIFE.move(made, Status.DELETING, moment(6, "third", true), s -> STATE.because("is %s", s));
        assertThat(LIFE.reaches(Status.DELETED, gone)).contains(START.plus(ofMinutes(7)));
    }

    @Test
    void aMoveThatIsNotAllowedIsRefusedFromTheStatusOfNow() {
        Phase<Status> made = LIFE.begin(Status.CREATING, moment(0, "first", true));

        assertThatThrownBy(() -> LIFE.move(made, Status.STOPPING, moment(1, "x", true), s -> STATE.because("is %s", s)))
                .hasMessage("is CREATING");
        assertThat(LIFE.move(made, Status.STOPPING, moment(5, "x", true), s -> STATE.because("is %s", s))
                        .status())
                .isEqualTo(Status.STOPPING);
    }

    @Test
    void aPhaseIsStoredInARow() {
        var codec = new RowCodec<>(Db.class);
        var db = new Db("db-1", LIFE.begin(Status.CREATING, moment(0, "first", false)));

        assertThat(codec.decode(codec.encode(db), _ -> "")).isEqualTo(db);
    }
}
