package dev.cloudjar.app;

import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.services.iam.IamService;
import dev.cloudjar.services.sqs.SqsService;
import dev.cloudjar.services.sts.StsService;
import java.util.List;
import java.util.Set;

/// Every service that is built, a line each.
final class Services {
    static final List<Entry> ALL = List.of(
            new Entry("iam", IamService::new, Set.of(Identities.class)),
            new Entry("sqs", SqsService::new),
            new Entry("sts", StsService::new, Set.of(Roles.class)));

    private Services() {}
}
