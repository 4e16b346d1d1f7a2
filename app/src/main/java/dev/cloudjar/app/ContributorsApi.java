package dev.cloudjar.app;

import dev.cloudjar.kernel.Contributors;
import dev.cloudjar.kernel.Contributors.Contributor;
import dev.cloudjar.kernel.Contributors.Rule;
import dev.cloudjar.kernel.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `/_cloudjar/contributors`: what CloudWatch's Contributor Insights would show of the last day, under each rule
/// those who contribute most.
final class ContributorsApi {
    private static final int MOST = 100;

    private final World world;

    ContributorsApi(World world) {
        this.world = world;
    }

    Map<String, Object> show() {
        List<Map<String, Object>> rules = world.meter().contributors().rules().stream()
                .sorted(Comparator.comparing(Rule::toString))
                .map(this::shown)
                .toList();
        return Map.of("rules", rules);
    }

    private Map<String, Object> shown(Rule rule) {
        Instant now = world.time().now();
        Contributors contributors = world.meter().contributors();
        List<Contributor> found = contributors.heaviest(rule, now.minus(Duration.ofDays(1)), now.plusSeconds(60));
        var shown = new LinkedHashMap<String, Object>();
        shown.put("account", rule.account());
        shown.put("region", rule.region());
        shown.put("name", rule.name());
        shown.put("unique", found.size());
        shown.put("sum", found.stream().mapToDouble(Contributor::value).sum());
        shown.put(
                "contributors",
                found.stream()
                        .limit(MOST)
                        .map(each -> Map.of("keys", each.keys(), "value", each.value()))
                        .toList());
        return shown;
    }
}
