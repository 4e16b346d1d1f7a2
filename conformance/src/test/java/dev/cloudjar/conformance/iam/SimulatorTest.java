package dev.cloudjar.conformance.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.conformance.OnCloud;
import dev.cloudjar.conformance.TestCloud;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What the policy simulator says is what the real call does.
@OnCloud(alone = true)
class SimulatorTest {
    private static final int ROUNDS = 120;
    private static final int BOUNDS = 4;
    private static final List<String> ACTIONS = List.of("sqs:*", "sqs:GetQueueUrl", "sqs:Get*", "s3:*", "*");
    private static final List<String> QUEUES = List.of("one", "two");

    private final SplittableRandom random = new SplittableRandom(11);

    /// Whatever ann has of her own, by her group, within her boundary, and by the policy of the queue.
    @Test
    void theSimulatorAndTheRealCallAgree(TestCloud cloud, IamClient iam, SqsClient root) {
        var people = new People(cloud, iam);
        AwsCredentials ann = people.user("ann");
        iam.createGroup(g -> g.groupName("team"));
        iam.addUserToGroup(g -> g.groupName("team").userName("ann"));
        List<String> bounds = IntStream.range(0, BOUNDS)
                .mapToObj(i -> iam.createPolicy(p -> p.policyName("bound" + i).policyDocument(policy(cloud)))
                        .policy()
                        .arn())
                .toList();
        SqsClient sqs = people.sqs(ann);
        QUEUES.forEach(name -> root.createQueue(q -> q.queueName(name)));
        int allowed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String own = policy(cloud);
            String team = policy(cloud);
            iam.putUserPolicy(p -> p.userName("ann").policyName("random").policyDocument(own));
            iam.putGroupPolicy(p -> p.groupName("team").policyName("random").policyDocument(team));
            String bound = bound(iam, bounds);
            String queue = QUEUES.get(random.nextInt(2));
            Optional<String> ofQueue =
                    random.nextInt(3) == 0 ? Optional.of(queuePolicy(cloud, queue)) : Optional.empty();
            rule(root, queue, ofQueue.orElse(""));
            boolean real = People.refusal(() -> sqs.getQueueUrl(q -> q.queueName(queue)))
                    .code()
                    .isEmpty();
            String decision = simulated(people, arn(cloud, queue), ofQueue);

            assertThat(decision.equals("allowed"))
                    .as("%s and %s within %s, %s of %s: %s", own, team, bound, ofQueue, queue, decision)
                    .isEqualTo(real);
            allowed += real ? 1 : 0;
        }
        assertThat(allowed).isBetween(ROUNDS / 10, ROUNDS * 9 / 10);
    }

    private static void rule(SqsClient root, String queue, String policy) {
        String url = root.getQueueUrl(q -> q.queueName(queue)).queueUrl();
        root.setQueueAttributes(a -> a.queueUrl(url).attributes(Map.of(QueueAttributeName.POLICY, policy)));
    }

    private static String simulated(People people, String queue, Optional<String> ofQueue) {
        IamClient iam = people.iam();
        return iam.simulatePrincipalPolicy(s -> {
                    s.policySourceArn(people.arn("user/ann"))
                            .actionNames("sqs:GetQueueUrl")
                            .resourceArns(queue);
                    ofQueue.ifPresent(s::resourcePolicy);
                })
                .evaluationResults()
                .getFirst()
                .evalDecisionAsString();
    }

    private String bound(IamClient iam, List<String> bounds) {
        if (random.nextBoolean()) {
            iam.putUserPermissionsBoundary(b -> b.userName("ann").permissionsBoundary(bounds.getFirst()));
            iam.deleteUserPermissionsBoundary(b -> b.userName("ann"));
            return "nothing";
        }
        String bound = bounds.get(random.nextInt(BOUNDS));
        iam.putUserPermissionsBoundary(b -> b.userName("ann").permissionsBoundary(bound));
        return bound;
    }

    private String queuePolicy(TestCloud cloud, String queue) {
        String whom = random.nextBoolean() ? "user/ann" : "root";
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\""
                + (random.nextInt(3) == 0 ? "Deny" : "Allow")
                + "\",\"Action\":\"" + (random.nextBoolean() ? "sqs:*" : "sqs:SendMessage")
                + "\",\"Resource\":\"" + arn(cloud, queue) + "\",\"Principal\":{\"AWS\":\"arn:aws:iam::"
                + cloud.account() + ":" + whom + "\"}}]}";
    }

    private String policy(TestCloud cloud) {
        var statements = new StringBuilder();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            statements.append(statements.isEmpty() ? "" : ",").append(statement(cloud));
        }
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
    }

    private String statement(TestCloud cloud) {
        String effect = random.nextInt(4) == 0 ? "Deny" : "Allow";
        String not = random.nextInt(5) == 0 ? "Not" : "";
        String resource = random.nextBoolean() ? "*" : arn(cloud, QUEUES.get(random.nextInt(2)));
        return "{\"Effect\":\"" + effect + "\",\"" + not + "Action\":\"" + ACTIONS.get(random.nextInt(ACTIONS.size()))
                + "\",\"Resource\":\"" + resource + "\"}";
    }

    private static String arn(TestCloud cloud, String queue) {
        return "arn:aws:sqs:us-east-1:" + cloud.account() + ":" + queue;
    }

    @Test
    void aCustomPolicyIsSimulatedWithItsContext(IamClient iam) {
        String policy = People.policy("Allow", "s3:GetObject", "arn:aws:s3:::b/*")
                .replace("}]", ",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}}}]");

        var missing = iam.simulateCustomPolicy(s ->
                        s.policyInputList(policy).actionNames("s3:GetObject").resourceArns("arn:aws:s3:::b/x"))
                .evaluationResults()
                .getFirst();
        assertThat(missing.evalDecisionAsString()).isEqualTo("implicitDeny");
        assertThat(missing.missingContextValues()).containsExactly("aws:SecureTransport");
        assertThat(iam.getContextKeysForCustomPolicy(k -> k.policyInputList(policy))
                        .contextKeyNames())
                .containsExactly("aws:SecureTransport");

        var told = iam.simulateCustomPolicy(s -> s.policyInputList(policy)
                        .actionNames("s3:GetObject")
                        .resourceArns("arn:aws:s3:::b/x")
                        .contextEntries(ContextEntry.builder()
                                .contextKeyName("aws:SecureTransport")
                                .contextKeyType("boolean")
                                .contextKeyValues("true")
                                .build()))
                .evaluationResults()
                .getFirst();
        assertThat(told.evalDecisionAsString()).isEqualTo("allowed");
        assertThat(told.matchedStatements().getFirst().sourcePolicyId()).isEqualTo("PolicyInputList.1");
        assertThat(told.matchedStatements().getFirst().startPosition().column()).isEqualTo(38);
    }
}
