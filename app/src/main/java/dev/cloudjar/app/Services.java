package dev.cloudjar.app;

import dev.cloudjar.kernel.AccessRoles;
import dev.cloudjar.kernel.Keys;
import dev.cloudjar.kernel.Memberships;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.ObjectStore;
import dev.cloudjar.kernel.PolicyNames;
import dev.cloudjar.kernel.Regions;
import dev.cloudjar.kernel.Roles;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.Sites;
import dev.cloudjar.kernel.policy.Delegations;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.WebTokens;
import dev.cloudjar.services.account.AccountService;
import dev.cloudjar.services.dynamodb.DynamoDbService;
import dev.cloudjar.services.dynamodb.DynamoDbStreamsService;
import dev.cloudjar.services.ec2.Ec2Service;
import dev.cloudjar.services.iam.IamService;
import dev.cloudjar.services.kms.KmsService;
import dev.cloudjar.services.organizations.OrganizationsService;
import dev.cloudjar.services.s3.S3ControlService;
import dev.cloudjar.services.s3.S3Service;
import dev.cloudjar.services.secretsmanager.SecretsManagerService;
import dev.cloudjar.services.sqs.SqsService;
import dev.cloudjar.services.sts.StsService;
import dev.cloudjar.services.tagging.TaggingService;
import java.util.List;
import java.util.Set;

/// Every service that is built, a line each.
final class Services {
    static final List<Entry> ALL = List.of(
            new Entry("account", AccountService::new, Set.of(Regions.class)),
            new Entry("dynamodb", DynamoDbService::new),
            new Entry("dynamodbstreams", DynamoDbStreamsService::new),
            new Entry("ec2", Ec2Service::new),
            new Entry(
                    "iam",
                    IamService::new,
                    Set.of(
                            Identities.class,
                            AccessRoles.class,
                            Delegations.class,
                            Mfa.class,
                            PolicyNames.class,
                            WebTokens.class)),
            new Entry("kms", KmsService::new, Set.of(Keys.class)),
            new Entry("organizations", OrganizationsService::new, Set.of(Memberships.class)),
            new Entry("resourcegroupstaggingapi", TaggingService::new),
            new Entry("s3", S3Service::new, Set.of(ObjectStore.class, Sites.class)),
            new Entry("s3control", S3ControlService::new),
            new Entry("secretsmanager", SecretsManagerService::new),
            new Entry("sqs", SqsService::new),
            new Entry("sts", StsService::new, Set.of(Roles.class)));

    private Services() {}
}
