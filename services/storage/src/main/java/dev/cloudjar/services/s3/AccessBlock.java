package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3Control.PublicAccessBlockConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Block Public Access as access points have it: all of it, but for what their maker leaves off.
final class AccessBlock {
    private AccessBlock() {}

    /// The settings that `block` leaves off.
    static List<String> open(Optional<PublicAccessBlockConfiguration> block) {
        return block.map(given -> Map.of(
                                Door.SETTINGS.get(0), given.blockPublicAcls(),
                                Door.SETTINGS.get(1), given.ignorePublicAcls(),
                                Door.SETTINGS.get(2), given.blockPublicPolicy(),
                                Door.SETTINGS.get(3), given.restrictPublicBuckets())
                        .entrySet()
                        .stream()
                        .filter(setting -> !setting.getValue().orElse(false))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    static PublicAccessBlockConfiguration shown(List<String> open) {
        return new PublicAccessBlockConfiguration()
                .blockPublicAcls(!open.contains(Door.SETTINGS.get(0)))
                .ignorePublicAcls(!open.contains(Door.SETTINGS.get(1)))
                .blockPublicPolicy(!open.contains(Door.SETTINGS.get(2)))
                .restrictPublicBuckets(!open.contains(Door.SETTINGS.get(3)));
    }
}
