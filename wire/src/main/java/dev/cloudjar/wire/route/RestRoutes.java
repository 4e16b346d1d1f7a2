package dev.cloudjar.wire.route;

import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.wire.auth.QueryText;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.route.UriTemplate.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The REST operations of one service as a tree of path segments, a tree a method. A literal segment wins over
/// a label and a label over a greedy one, at every step; a way that ends nowhere is tried no further. Immutable
/// once built.
final class RestRoutes {
    /// Longer paths match only where a greedy label takes the rest.
    private static final int MOST_SEGMENTS = 64;

    private final Map<String, Node> roots = new HashMap<>();

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final List<RestRoute> routes = new ArrayList<>(1);
        private @Nullable Node label;
        private @Nullable Node greedy;

        Node child(Segment segment) {
            return switch (segment.kind()) {
                case LITERAL -> literals.computeIfAbsent(segment.text(), t -> new Node());
                case LABEL -> {
                    Node child = label == null ? new Node() : label;
                    label = child;
                    yield child;
                }
                case GREEDY -> {
                    Node child = greedy == null ? new Node() : greedy;
                    greedy = child;
                    yield child;
                }
            };
        }
    }

    /// An operation and the labels of its path, still encoded. `weight` grows with the literals that were
    /// matched, so that services which share a name can be compared.
    record Match(OperationSchema operation, Map<String, String> labels, int weight) {}

    RestRoutes(ServiceSchema service) {
        Map<String, Integer> claims = new HashMap<>();
        for (OperationSchema operation : service.operations()) {
            claims.merge(claim(operation), 1, Integer::sum);
        }
        for (OperationSchema operation : service.operations()) {
            UriTemplate template = UriTemplate.parse(operation.http().uri());
            Node node = roots.computeIfAbsent(operation.http().method(), m -> new Node());
            for (Segment segment : template.segments()) {
                node = node.child(segment);
            }
            node.routes.add(RestRoute.of(operation, template, claims.getOrDefault(claim(operation), 0) > 1));
            node.routes.sort(null);
        }
    }

    /// Method, path and literals, whatever the labels are called.
    private static String claim(OperationSchema operation) {
        UriTemplate template = UriTemplate.parse(operation.http().uri());
        var text = new StringBuilder(operation.http().method());
        for (Segment segment : template.segments()) {
            boolean literal = segment.kind() == UriTemplate.Kind.LITERAL;
            text.append('/').append(literal ? segment.text() : segment.kind().name());
        }
        for (UriTemplate.Literal literal : template.query()) {
            text.append('&').append(literal.name()).append('=').append(literal.value());
        }
        return text.toString();
    }

    @Nullable
    Match match(HttpRequest request, String path) {
        Node root = roots.get(request.method());
        return root == null ? null : new Walk(request, path).from(root);
    }

    /// One path on its way down the tree. A trailing slash says nothing, but for a greedy label, which keeps it.
    private static final class Walk {
        private final HttpRequest request;
        private final String path;
        private final int[] starts;
        private final int[] ends;
        private final int segments;
        private final List<String> captured = new ArrayList<>(4);

        Walk(HttpRequest request, String path) {
            this.request = request;
            this.path = path;
            int capacity = 1;
            for (int i = 0; i < path.length(); i++) {
                capacity += path.charAt(i) == '/' ? 1 : 0;
            }
            this.starts = new int[capacity];
            this.ends = new int[capacity];
            this.segments = split();
        }

        private int split() {
            int count = 0;
            int at = path.startsWith("/") ? 1 : 0;
            while (at < path.length()) {
                int slash = path.indexOf('/', at);
                starts[count] = at;
                ends[count] = slash < 0 ? path.length() : slash;
                at = ends[count++] + 1;
            }
            return count;
        }

        @Nullable
        Match from(Node root) {
            return down(root, 0, 0);
        }

        private @Nullable Match down(Node node, int depth, int weight) {
            if (depth == segments) {
                return at(node, weight);
            }
            if (depth < MOST_SEGMENTS) {
                Match exact = exactly(node, depth, weight);
                if (exact != null) {
                    return exact;
                }
            }
            return node.greedy == null ? null : greedily(node.greedy, depth, weight);
        }

        private @Nullable Match exactly(Node node, int depth, int weight) {
            Node literal = node.literals.isEmpty()
                    ? null
                    : node.literals.get(QueryText.decode(path.substring(starts[depth], ends[depth]), false));
            if (literal != null) {
                Match found = down(literal, depth + 1, weight + 2);
                if (found != null) {
                    return found;
                }
            }
            if (node.label == null || starts[depth] == ends[depth]) {
                return null;
            }
            return past(node.label, path.substring(starts[depth], ends[depth]), depth + 1, weight + 1);
        }

        /// A greedy label takes at least one segment: as many as leave a way for what stands behind it, else all.
        private @Nullable Match greedily(Node node, int depth, int weight) {
            boolean last = node.literals.isEmpty() && node.label == null && node.greedy == null;
            for (int end = segments - 1; end > Math.max(depth, segments - MOST_SEGMENTS) && !last; end--) {
                Match found = past(node, path.substring(starts[depth], ends[end - 1]), end, weight);
                if (found != null) {
                    return found;
                }
            }
            return past(node, path.substring(starts[depth]), segments, weight);
        }

        private @Nullable Match past(Node node, String capture, int depth, int weight) {
            captured.addLast(capture);
            Match found = down(node, depth, weight);
            captured.removeLast();
            return found;
        }

        private @Nullable Match at(Node node, int weight) {
            RestRoute chosen = choose(node.routes);
            if (chosen == null) {
                return null;
            }
            Map<String, String> labels = HashMap.newHashMap(captured.size());
            for (int i = 0; i < captured.size(); i++) {
                labels.put(chosen.labels().get(i), captured.get(i));
            }
            return new Match(
                    chosen.operation(), labels, weight + 2 * chosen.literals().size());
        }

        /// Newer clients say in `x-id` which operation they mean; for all others what each one requires decides.
        private @Nullable RestRoute choose(List<RestRoute> routes) {
            String query = request.query();
            String meant = query.isEmpty() ? null : QueryText.get(query, "x-id").orElse(null);
            RestRoute least = null;
            RestRoute best = null;
            for (RestRoute route : routes) {
                if (!route.hasLiterals(query)) {
                    continue;
                }
                if (route.operation().name().equals(meant)
                        && !route.operation().facts().deprecated()) {
                    return route;
                }
                if (best == null && route.hasRequired(request)) {
                    best = route;
                }
                if (least == null || route.literals().size() == least.literals().size()) {
                    least = route;
                }
            }
            return best != null ? best : least;
        }
    }
}
