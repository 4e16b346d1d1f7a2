package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Json;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a delegation request asks for, in a sentence a statement of its policy. AWS has a language model write
/// these; here they are written by rule, and in English only.
record DelegationSummaries(DelegationRequests requests) implements Iam {
    private static final String KIND = "delegation-request/";
    private static final String LANGUAGE = "en";

    @Override
    public GetHumanReadableSummaryResponse getHumanReadableSummary(GetHumanReadableSummaryRequest in) {
        String id = Arn.parse(in.entityArn())
                .map(Arn::resource)
                .filter(resource -> resource.startsWith(KIND))
                .map(resource -> resource.substring(KIND.length()))
                .orElseThrow(() -> Refusals.invalid("ARN " + in.entityArn() + " is not valid."));
        String policy = requests.get(id).terms().policy();
        String locale = in.locale().orElse(LANGUAGE);
        var out = new GetHumanReadableSummaryResponse().locale(locale);
        return locale.toLowerCase(Locale.ROOT).startsWith(LANGUAGE)
                ? out.summaryState(SummaryStateType.AVAILABLE).summaryContent(sentences(policy))
                : out.summaryState(SummaryStateType.NOT_SUPPORTED);
    }

    private static String sentences(String policy) {
        Object statements = Json.object(policy).orElseThrow().get("Statement");
        List<?> all = statements instanceof List<?> list ? list : Collections.singletonList(statements);
        return all.stream().map(each -> sentence((Map<?, ?>) each)).collect(Collectors.joining("\n"));
    }

    private static String sentence(Map<?, ?> statement) {
        String verb = "Deny".equals(statement.get("Effect")) ? "Forbids " : "Allows ";
        String actions = statement.containsKey("Action")
                ? texts(statement.get("Action"))
                : "everything but " + texts(statement.get("NotAction"));
        String resources = statement.containsKey("Resource")
                ? texts(statement.get("Resource"))
                : "everything but " + texts(statement.get("NotResource"));
        String where = resources.equals("*") ? "any resource" : resources;
        String when = statement.get("Condition") instanceof Map<?, ?> conditions && !conditions.isEmpty()
                ? ", under the condition " + Json.write(conditions)
                : "";
        return verb + actions + " on " + where + when + '.';
    }

    private static String texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
