package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

/// What comes of the calls of a session, in a world of its own, is what was committed. `-Dcloudjar.tellings=30`
/// tells each so often, with other ids every time, to find those that are not steady.
final class SessionsRepeat implements Law {
    private static final int TELLINGS = Integer.getInteger("cloudjar.tellings", 1);
    static final String TITLE = "sessions repeat";

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return Sessions.of(survey.subject().schema().id()).stream()
                .flatMap(session -> repeats(survey.subject(), session));
    }

    /// It shows something of each operation that succeeds in it, and may consist of refusals.
    private Stream<Case> repeats(Subject subject, Session session) {
        return session.operations(subject)
                .limit(1)
                .map(first -> new Case(
                        title(), first, session.title(), court -> check(court, session), session.successes(subject)));
    }

    private static void check(Court court, Session session) {
        for (int i = 0; i < TELLINGS; i++) {
            assertThat(session.text(Likeness.like(session.told(), session.tell(court), false)))
                    .as("-Dcloudjar.rewrite=true accepts it")
                    .isEqualTo(session.text(session.told()));
        }
    }
}
