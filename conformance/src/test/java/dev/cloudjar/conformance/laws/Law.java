package dev.cloudjar.conformance.laws;

import java.util.List;
import java.util.stream.Stream;

/// Something that holds for every service. A law finds out from a survey for which operations it can be tried.
interface Law {
    List<Law> ALL = List.of(
            new WritesAreSeen(),
            new ListsShowOnce(),
            new PagesConcatenate(),
            new FiltersSelect(),
            new TokensHold(),
            new NamesConflict(),
            new ReadsChangeNothing(),
            new RefusalsAreOneEditAway(),
            new RefusalsAreListed(),
            new StrangersAreRefused(),
            new UnauthorizedChangeNothing(),
            new DeletedIsGone(),
            new TagsRoundTrip(),
            new AccountsAreApart(),
            new WaitersEnd(),
            new HistoryRepeats(),
            new SessionsRepeat());

    /// In the words of the cards: `pages concatenate`.
    String title();

    Stream<Case> cases(Survey survey);

    /// The cases of all laws that nobody excused.
    static Stream<Case> all(Survey survey) {
        return ALL.stream().flatMap(law -> law.of(survey));
    }

    default Stream<Case> of(Survey survey) {
        Hints hints = survey.subject().hints();
        return cases(survey).filter(one -> !hints.isExcused(one.operation().name(), title()));
    }
}
