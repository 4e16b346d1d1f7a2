package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Struct;
import java.util.List;

/// Pages as every listing of IAM has them: `MaxItems` and `Marker` in, `IsTruncated` and `Marker` out.
final class Pages {
    private static final int USUAL = 100;

    private final Kernel kernel;

    Pages(Kernel kernel) {
        this.kernel = kernel;
    }

    /// The part of `all` that `in` asks for; `out` is told whether there is more.
    <T> List<T> of(Struct in, Struct out, List<T> all) {
        int size = in.get("MaxItems") instanceof Integer most ? most : USUAL;
        int from = in.get("Marker") instanceof String marker ? position(marker) : 0;
        int to = Math.min(all.size(), from + size);
        boolean more = to < all.size();
        set(out, "IsTruncated", more);
        set(out, "isTruncated", more);
        if (more) {
            set(out, "Marker", kernel.tokens().seal(scope(), Integer.toString(to)));
        }
        return all.subList(Math.min(from, all.size()), to);
    }

    private int position(String marker) {
        return kernel.tokens()
                .open(scope(), marker)
                .map(Integer::parseInt)
                .orElseThrow(() -> Refusals.VALIDATION.because("Invalid Marker."));
    }

    private static String scope() {
        Call call = Call.current();
        return "iam/" + call.request().operation() + '/' + call.account();
    }

    private static void set(Struct out, String name, Object value) {
        out.shape().member(name).ifPresent(member -> out.set(member, value));
    }
}
