package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.INVALID_ADDRESS;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import java.util.List;
import java.util.Optional;

/// Queue URLs: written one way, read in every way that clients have ever written them. Scheme and port are of no
/// account; the path ends in account and name, or in the name alone; AWS's own hosts and some paths tell the
/// region.
final class QueueUrl {
    private static final int ACCOUNT_DIGITS = 12;
    private static final String LEGACY_HOST = "queue.amazonaws.com";

    private QueueUrl() {}

    static String of(String name) {
        Call call = Call.current();
        return call.request().endpoint() + '/' + call.account() + '/' + name;
    }

    /// The queue that `url` names, seen from the current call.
    static Arn parse(String url) {
        int authority = url.indexOf("://");
        String rest = authority < 0 ? url : url.substring(authority + 3);
        int slash = rest.indexOf('/');
        String host = authority < 0 ? "" : slash < 0 ? rest : rest.substring(0, slash);
        String path = rest.substring(host.length());
        List<String> segments =
                List.of(path.split("/")).stream().filter(s -> !s.isEmpty()).toList();
        if (segments.isEmpty()) {
            throw INVALID_ADDRESS.because("The address %s is not valid for this endpoint.", url);
        }
        String region = regionOfHost(host)
                .or(() -> before(segments, 3).filter(QueueUrl::isRegion))
                .orElseGet(() -> Call.current().region());
        String account = before(segments, 2)
                .filter(QueueUrl::isAccount)
                .orElseGet(() -> Call.current().account());
        return new Arn(Arn.partition(region), SqsService.ID, region, account, segments.getLast());
    }

    private static Optional<String> before(List<String> segments, int fromEnd) {
        int at = segments.size() - fromEnd;
        return at < 0 ? Optional.empty() : Optional.of(segments.get(at));
    }

    /// `sqs.REGION.…`, `vpce-….sqs.REGION.…`, `REGION.queue.…`, and the oldest of all, which is us-east-1.
    private static Optional<String> regionOfHost(String host) {
        if (host.equals(LEGACY_HOST)) {
            return Optional.of("us-east-1");
        }
        String[] labels = host.split("\\.");
        for (int i = 0; i + 1 < labels.length; i++) {
            if ((labels[i].equals("sqs") || labels[i].equals("sqs-fips")) && isRegion(labels[i + 1])) {
                return Optional.of(labels[i + 1]);
            }
            if (labels[i + 1].equals("queue") && isRegion(labels[i])) {
                return Optional.of(labels[i]);
            }
        }
        return Optional.empty();
    }

    private static boolean isRegion(String label) {
        return label.indexOf('-') > 0 && Character.isDigit(label.charAt(label.length() - 1));
    }

    static boolean isAccount(String text) {
        return text.length() == ACCOUNT_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
