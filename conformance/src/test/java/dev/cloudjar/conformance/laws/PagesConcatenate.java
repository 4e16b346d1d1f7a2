package dev.cloudjar.conformance.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.laws.Survey.Listing;
import dev.cloudjar.model.Member;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.OperationSchema.Paginator;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The pages of a list, one after another, are the list; none is longer than was asked for; a token that nobody
/// gave is refused.
final class PagesConcatenate implements Law {
    private static final int MOST = 100;

    @Override
    public String title() {
        return "pages concatenate";
    }

    @Override
    public Stream<Case> cases(Survey survey) {
        return survey.operations()
                .filter(operation -> limit(operation).isPresent())
                .flatMap(operation -> survey.growing(operation).stream()
                        .filter(listing -> Words.creates(listing.writer()))
                        .filter(listing -> of(operation).resultKeys().contains(listing.path()))
                        .limit(1))
                .map(listing -> new Case(title(), listing.observer(), "", court -> check(court, listing)));
    }

    private static Paginator of(OperationSchema operation) {
        return operation.facts().paginator().orElseThrow();
    }

    private static Optional<Member> limit(OperationSchema operation) {
        return operation
                .facts()
                .paginator()
                .filter(paginator -> paginator.inputToken().size() == 1)
                .flatMap(Paginator::limitKey)
                .flatMap(name -> operation.input().member(name));
    }

    private static void check(Court court, Listing listing) {
        Scene scene = court.scene();
        Member limit = limit(listing.observer()).orElseThrow();
        int size = limit.target().constraints().min().map(Number::intValue).orElse(1);
        int length = Math.max(1, Math.min(size, MOST / 4));
        for (int i = 0; i < 2 * length + 1; i++) {
            if (ListsShowOnce.again(scene, listing.writer()).isEmpty()) {
                return;
            }
        }
        int most = limit.target().constraints().max().map(Number::intValue).orElse(MOST);
        List<Object> whole =
                page(scene, listing, Math.min(most, 100), Optional.empty()).list(listing.path());
        List<Object> together = new ArrayList<>();
        Optional<String> token = Optional.empty();
        int pages = 0;
        do {
            Outcome page = page(scene, listing, length, token);
            assertThat(page.succeeded()).as("page %s: %s", pages, page).isTrue();
            assertThat(page.list(listing.path())).as("a page").hasSizeLessThanOrEqualTo(length);
            together.addAll(page.list(listing.path()));
            token = token(listing, page);
            pages++;
        } while (token.isPresent() && pages <= whole.size() + 1);

        assertThat(together).isEqualTo(whole);
        assertThat(pages).as("pages").isGreaterThanOrEqualTo(3).isLessThanOrEqualTo(whole.size() + 1);
        if (of(listing.observer()).inputToken().getFirst().contains("Token")) {
            Outcome strange = page(scene, listing, length, Optional.of("bm9uc2Vuc2U"));
            assertThat(strange.refused())
                    .as("a token that nobody gave: %s", strange)
                    .isTrue();
        }
    }

    private static Outcome page(Scene scene, Listing listing, int length, Optional<String> token) {
        Struct input = scene.input(listing.observer());
        Member limit = limit(listing.observer()).orElseThrow();
        input.set(limit, number(limit, length));
        token.ifPresent(text -> input.set(
                input.shape()
                        .member(of(listing.observer()).inputToken().getFirst())
                        .orElseThrow(),
                text));
        return scene.call(listing.observer(), input);
    }

    private static Object number(Member limit, int length) {
        return switch (limit.target().type()) {
            case LONG -> (long) length;
            case STRING -> Integer.toString(length);
            case BLOB, BOOLEAN, DOCUMENT, DOUBLE, FLOAT, INTEGER, LIST, MAP, STRUCTURE, TIMESTAMP -> length;
        };
    }

    private static Optional<String> token(Listing listing, Outcome page) {
        Map<String, String> leaves = page.leaves();
        return of(listing.observer()).outputToken().stream()
                .flatMap(path -> Optional.ofNullable(leaves.get(path)).stream())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }
}
