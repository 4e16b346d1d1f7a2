package dev.cloudjar.services.tagging;

import dev.cloudjar.api.ResourceGroupsTaggingApi;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Tags given to and taken from many resources at once: what is refused of one does not stop the others.
final class TagChanges implements ResourceGroupsTaggingApi {
    private final Kernel kernel;

    TagChanges(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public TagResourcesOutput tagResources(TagResourcesInput in) {
        in.tags().keySet().stream()
                .filter(key -> key.toLowerCase(Locale.ROOT).startsWith("aws:"))
                .findFirst()
                .ifPresent(key -> {
                    throw INVALID_PARAMETER_EXCEPTION.because(
                            "aws: prefixed tag key names are not allowed for external use.");
                });
        return new TagResourcesOutput()
                .failedResourcesMap(
                        each(in.resourceArnList(), arn -> kernel.tagging().tag(arn, in.tags())));
    }

    @Override
    public UntagResourcesOutput untagResources(UntagResourcesInput in) {
        Set<String> keys = Set.copyOf(in.tagKeys());
        return new UntagResourcesOutput()
                .failedResourcesMap(
                        each(in.resourceArnList(), arn -> kernel.tagging().untag(arn, keys)));
    }

    private static Map<String, FailureInfo> each(List<String> arns, Predicate<Arn> change) {
        var failures = new LinkedHashMap<String, FailureInfo>();
        for (String arn : arns) {
            try {
                if (Arn.parse(arn).filter(TagChanges::isHere).filter(change).isEmpty()) {
                    failures.put(
                            arn, failure(400, "The ARN does not name a resource of this account and region: " + arn));
                }
            } catch (AwsError refused) {
                failures.put(arn, failure(refused.code().status(), refused.message()));
            }
        }
        return failures;
    }

    private static boolean isHere(Arn arn) {
        Call call = Call.current();
        return (arn.account().isEmpty() || arn.account().equals(call.account()))
                && (arn.region().isEmpty() || arn.region().equals(call.region()));
    }

    private static FailureInfo failure(int status, String message) {
        return new FailureInfo()
                .statusCode(status)
                .errorCode("InvalidParameterException")
                .errorMessage(message);
    }
}
