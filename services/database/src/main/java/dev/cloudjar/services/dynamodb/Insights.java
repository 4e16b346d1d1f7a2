package dev.cloudjar.services.dynamodb;

import dev.cloudjar.api.DynamoDb;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.services.dynamodb.Contributions.Watched;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which tables and indexes have contributor insights. [Contributions] counts; what it has counted is
/// CloudWatch's to show.
final class Insights implements DynamoDb {
    private static final int PAGE = 100;
    private static final String MODE = "ACCESSED_AND_THROTTLED_KEYS";

    /// The setting of a table, or of its index where one is named.
    record Insight(Key key, boolean enabled, String mode, Instant changed) implements Row<Insight.Key> {
        record Key(String table, String index) {}
    }

    private final Kernel kernel;
    private final Tables tables;
    private final Table<Insight.Key, Insight> rows;

    Insights(Kernel kernel, Tables tables) {
        this.kernel = kernel;
        this.tables = tables;
        this.rows = kernel.table(Insight.class, Scope.REGION);
    }

    @Override
    public UpdateContributorInsightsOutput updateContributorInsights(UpdateContributorInsightsInput in) {
        Insight.Key key = key(in.tableName(), in.indexName());
        boolean enabled = in.contributorInsightsAction().equals("ENABLE");
        String mode = in.contributorInsightsMode().orElse(MODE);
        rows.put(new Insight(key, enabled, mode, kernel.time().now()));
        List<Watched> watched =
                new ArrayList<>(tables.get(key.table()).identity().watched());
        watched.removeIf(each -> each.name().equals(key.index()));
        if (enabled) {
            watched.add(new Watched(key.index(), mode.equals(MODE)));
        }
        tables.shelf().update(key.table(), row -> row.watching(watched));
        return new UpdateContributorInsightsOutput()
                .tableName(key.table())
                .indexName(in.indexName())
                .contributorInsightsStatus(enabled ? "ENABLING" : "DISABLING")
                .contributorInsightsMode(mode);
    }

    private Insight.Key key(String nameOrArn, Optional<String> index) {
        DynamoTable table = tables.get(nameOrArn);
        index.ifPresent(name -> {
            if (table.index(name).filter(Index::isGlobal).isEmpty()) {
                throw RESOURCE_NOT_FOUND_EXCEPTION.because("Requested resource not found: Index: %s not found", name);
            }
        });
        return new Insight.Key(table.id(), index.orElse(""));
    }

    @Override
    public DescribeContributorInsightsOutput describeContributorInsights(DescribeContributorInsightsInput in) {
        Insight.Key key = key(in.tableName(), in.indexName());
        Optional<Insight> insight = rows.find(key).filter(this::isCurrent);
        var out = new DescribeContributorInsightsOutput()
                .tableName(key.table())
                .indexName(in.indexName())
                .contributorInsightsStatus(status(insight))
                .lastUpdateDateTime(insight.map(Insight::changed));
        insight.filter(Insight::enabled)
                .ifPresent(each -> out.contributorInsightsMode(each.mode())
                        .contributorInsightsRuleList(Contributions.rules(
                                tables.get(key.table()),
                                key.index(),
                                each.mode().equals(MODE))));
        return out;
    }

    private static String status(Optional<Insight> insight) {
        return insight.filter(Insight::enabled).isPresent() ? "ENABLED" : "DISABLED";
    }

    /// Whether a setting is of the table that has the name now, not of one before it.
    private boolean isCurrent(Insight row) {
        return tables.shelf()
                .find(row.key().table())
                .filter(table -> !row.changed().isBefore(table.identity().created()))
                .isPresent();
    }

    private static String id(Insight.Key key) {
        return key.table() + '/' + key.index();
    }

    private Stream<Insight> rows(Optional<String> table, Optional<String> start) {
        return rows.rows(table.map(Span::under).orElse(Span.ALL))
                .filter(row -> start.isEmpty() || id(row.key()).compareTo(start.get()) >= 0)
                .filter(this::isCurrent);
    }

    @Override
    public ListContributorInsightsOutput listContributorInsights(ListContributorInsightsInput in) {
        Optional<String> table = in.tableName().map(name -> tables.get(name).id());
        var paging = new Paging(
                in.maxResults().filter(most -> most > 0).orElse(PAGE),
                in.nextToken(),
                () -> Refusals.invalid("Invalid NextToken"));
        Page<Insight> page =
                kernel.tokens().page(paging, "insights", start -> rows(table, start), row -> id(row.key()));
        return new ListContributorInsightsOutput()
                .nextToken(page.next())
                .contributorInsightsSummaries(page.items().stream()
                        .map(row -> new ContributorInsightsSummary()
                                .tableName(row.key().table())
                                .indexName(Optional.of(row.key().index()).filter(name -> !name.isEmpty()))
                                .contributorInsightsStatus(row.enabled() ? "ENABLED" : "DISABLED")
                                .contributorInsightsMode(row.mode()))
                        .toList());
    }
}
