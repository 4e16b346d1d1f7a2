package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.api.S3.Condition;
import dev.cloudjar.api.S3.Redirect;
import dev.cloudjar.api.S3.RoutingRule;
import java.util.Optional;

/// What a bucket may say of itself as a website.
final class WebsiteRules {
    private static final int MOST = 50;

    private WebsiteRules() {}

    static void check(S3.WebsiteConfiguration website) {
        boolean pages = website.indexDocument().isPresent()
                || website.errorDocument().isPresent()
                || !website.routingRules().isEmpty();
        if (website.redirectAllRequestsTo().isPresent()) {
            if (pages) {
                throw Refusals.argument(
                        "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                        "RedirectAllRequestsTo",
                        "not null");
            }
            return;
        }
        String suffix = website.indexDocument()
                .map(S3.IndexDocument::suffix)
                .orElseThrow(() -> Refusals.argument(
                        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                        "IndexDocument",
                        "null"));
        if (suffix.isEmpty() || suffix.contains("/")) {
            throw Refusals.argument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix);
        }
        if (website.routingRules().size() > MOST) {
            throw Refusals.request(
                    website.routingRules().size()
                            + " routing rules provided, the number of routing rules in a website configuration is limited to 50.");
        }
        website.routingRules().forEach(WebsiteRules::check);
    }

    private static void check(Condition condition) {
        Optional<String> code = condition.httpErrorCodeReturnedEquals();
        if (code.isEmpty() && condition.keyPrefixEquals().isEmpty()) {
            throw Refusals.request("Condition cannot be empty. To redirect all requests without a condition, the"
                    + " condition element shouldn't be present.");
        }
        if (code.filter(c -> !c.matches("[45]\\d\\d")).isPresent()) {
            throw Refusals.request(
                    "The provided HTTP error code (" + code.get() + ") is not valid. Valid codes are 4XX or 5XX.");
        }
    }

    private static void check(RoutingRule rule) {
        rule.condition().ifPresent(WebsiteRules::check);
        Redirect redirect = rule.redirect();
        if (redirect.replaceKeyWith().isPresent()
                && redirect.replaceKeyPrefixWith().isPresent()) {
            throw Refusals.request("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
        }
        boolean says = redirect.hostName().isPresent()
                || redirect.protocol().isPresent()
                || redirect.httpRedirectCode().isPresent()
                || redirect.replaceKeyWith().isPresent()
                || redirect.replaceKeyPrefixWith().isPresent();
        if (!says) {
            throw Refusals.malformedXml();
        }
        Optional<String> code = redirect.httpRedirectCode();
        if (code.filter(c -> !c.matches("3\\d\\d") || c.equals("300")).isPresent()) {
            throw Refusals.request("The provided HTTP redirect code (" + code.get()
                    + ") is not valid. Valid codes are 3XX except 300.");
        }
        if (redirect.protocol()
                .filter(p -> !p.equals("http") && !p.equals("https"))
                .isPresent()) {
            throw Refusals.request(
                    "Invalid protocol, protocol can be http or https. If not defined the protocol will be"
                            + " selected automatically.");
        }
    }
}
