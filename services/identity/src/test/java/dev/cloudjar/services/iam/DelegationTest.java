package dev.cloudjar.services.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Iam;
import dev.cloudjar.api.Sts;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.Entry;
import dev.cloudjar.kernel.policy.Delegations;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.services.sts.StsService;
import dev.cloudjar.services.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A partner gets what somebody has accepted, for as long as was said, and only then.
class DelegationTest {
    private static final String TEMPLATE = "arn:aws:iam::" + Trial.OTHER + ":delegation-template/setup";
    private static final String TEXT = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],\
            "Resource":"arn:aws:s3:::@{bucket}/*"},{"Effect":"Allow","Action":"sqs:SendMessage",\
            "Resource":"@{queues}"}]}""";
    private static final String TOPIC = "arn:aws:sns:eu-central-1:" + Trial.OTHER + ":partner";
    private static final Principal ANN =
            new Principal("arn:aws:iam::" + Trial.ACCOUNT + ":user/ann", Trial.ACCOUNT, "AIDAANN");
    private static final Principal BEN =
            new Principal("arn:aws:iam::" + Trial.ACCOUNT + ":user/ben", Trial.ACCOUNT, "AIDABEN");

    private final Trial trial = Trial.telling(
            Duration.ZERO,
            new Entry("iam", IamService::new, Set.of(Identities.class, Delegations.class)),
            new Entry("sts", StsService::new));
    private final Trial partner = trial.as(Trial.OTHER, Trial.REGION);

    @BeforeEach
    void template() {
        partner.<Boolean>within(() -> {
            trial.world().port(Delegations.class).orElseThrow().know(TEMPLATE, TEXT);
            return true;
        });
    }

    @AfterEach
    void close() {
        trial.close();
    }

    private static Iam.PolicyParameter parameter(String name, String type, String... values) {
        return new Iam.PolicyParameter().name(name).type(type).values(List.of(values));
    }

    private static Iam.CreateDelegationRequestRequest offer() {
        return new Iam.CreateDelegationRequestRequest()
                .description("Sets up the integration")
                .requestorWorkflowId("workflow-1")
                .notificationChannel(TOPIC)
                .sessionDuration(3600)
                .permissions(new Iam.DelegationPermission()
                        .policyTemplateArn(TEMPLATE)
                        .parameters(List.of(
                                parameter("bucket", "string", "data"),
                                parameter("queues", "stringList", "arn:aws:sqs:*:*:one", "arn:aws:sqs:*:*:two"))));
    }

    private String request(UnaryOperator<Iam.CreateDelegationRequestRequest> change) {
        Iam.CreateDelegationRequestResponse made = partner.call(change.apply(offer()));
        return made.delegationRequestId().orElseThrow();
    }

    private String request() {
        return request(offer -> offer);
    }

    private void associate(Principal who, String id) {
        trial.by(who).call(new Iam.AssociateDelegationRequestRequest().delegationRequestId(id));
    }

    private void accept(Principal who, String id) {
        trial.by(who).call(new Iam.AcceptDelegationRequestRequest().delegationRequestId(id));
    }

    private void reject(String id) {
        trial.by(ANN)
                .call(new Iam.RejectDelegationRequestRequest()
                        .delegationRequestId(id)
                        .notes("no"));
    }

    private void send(Principal who, String id) {
        trial.by(who).call(new Iam.SendDelegationTokenRequest().delegationRequestId(id));
    }

    private Iam.DelegationRequest shown(String id) {
        Iam.GetDelegationRequestResponse found =
                trial.by(ANN).call(new Iam.GetDelegationRequestRequest().delegationRequestId(id));
        return found.delegationRequest().orElseThrow();
    }

    private String state(String id) {
        return shown(id).state().orElseThrow();
    }

    /// No SNS takes the message, so it is among what never arrived.
    private String sentToken() {
        trial.pass(Duration.ofSeconds(1));
        return trial.within(() -> trial.world().failures().latest(10)).stream()
                .flatMap(row -> Json.object(row.failure().payload()).stream())
                .filter(told -> told.containsKey("TradeInToken"))
                .map(told -> String.valueOf(told.get("TradeInToken")))
                .findFirst()
                .orElseThrow();
    }

    private String finalized() {
        String id = request();
        associate(ANN, id);
        accept(ANN, id);
        send(ANN, id);
        return sentToken();
    }

    private Sts.GetDelegatedAccessTokenResponse trade(Trial who, String token) {
        return who.call(new Sts.GetDelegatedAccessTokenRequest().tradeInToken(token));
    }

    @Test
    void aTokenIsTradedForCredentialsOfWhoAccepted() {
        Sts.GetDelegatedAccessTokenResponse traded = trade(partner, finalized());

        Sts.Credentials keys = traded.credentials().orElseThrow();
        Principal who = trial.within(() -> trial.world()
                        .port(Identities.class)
                        .orElseThrow()
                        .credential(keys.accessKeyId(), Optional.of(keys.sessionToken())))
                .orElseThrow()
                .principal();
        assertThat(traded.assumedPrincipal()).contains(ANN.arn());
        assertThat(who.arn()).isEqualTo(ANN.arn());
        assertThat(who.session().policies()).singleElement().asString().contains("arn:aws:s3:::data/*", "one", "two");
        assertThat(Duration.between(trial.now(), keys.expiration()))
                .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    void aTokenIsOfNoUseToOthers() {
        String token = finalized();

        assertThat(Trial.refusal(() -> trade(trial, token))).startsWith("AccessDenied");
        assertThat(Trial.refusal(() -> trade(partner, token + "x"))).startsWith("AccessDenied");
    }

    @Test
    void aTokenIsOfNoUseOnceTheTimeIsOver() {
        String token = finalized();

        trial.pass(Duration.ofHours(1));

        assertThat(Trial.refusal(() -> trade(partner, token))).startsWith("ExpiredTradeInToken");
    }

    @Test
    void aRequestGoesFromStateToState() {
        String id = request();
        assertThat(state(id)).isEqualTo("UNASSIGNED");
        associate(ANN, id);
        assertThat(state(id)).isEqualTo("ASSIGNED");
        trial.by(ANN)
                .call(new Iam.UpdateDelegationRequestRequest()
                        .delegationRequestId(id)
                        .notes("please"));
        assertThat(state(id)).isEqualTo("PENDING_APPROVAL");
        assertThat(shown(id).notes()).contains("please");
        accept(BEN, id);
        assertThat(state(id)).isEqualTo("ACCEPTED");
        assertThat(shown(id).approverId()).contains(BEN.arn());
        reject(id);
        assertThat(state(id)).isEqualTo("REJECTED");
        assertThat(shown(id).rejectionReason()).contains("no");
    }

    @Test
    void whatHasNotComeSoFarIsRefused() {
        String id = request();

        assertThat(Trial.refusal(() -> accept(ANN, id))).startsWith("InvalidInput");
        assertThat(Trial.refusal(() -> reject(id))).startsWith("InvalidInput");
        associate(ANN, id);
        assertThat(Trial.refusal(() -> associate(BEN, id))).startsWith("InvalidInput");
        assertThat(Trial.refusal(() -> send(ANN, id))).startsWith("InvalidInput");
        accept(ANN, id);
        send(ANN, id);
        assertThat(Trial.refusal(() -> reject(id))).startsWith("InvalidInput");
    }

    @ParameterizedTest
    @CsvSource({"23, UNASSIGNED", "24, EXPIRED"})
    void whatNobodyTakesExpiresAfterADay(int hours, String state) {
        String id = request();

        trial.pass(Duration.ofHours(hours));

        assertThat(state(id)).isEqualTo(state);
    }

    @Test
    void aRequestForAnAccountIsNotThereForOthers() {
        String id = request(offer -> offer.ownerAccountId("999988887777"));

        assertThat(Trial.refusal(() -> associate(ANN, id))).startsWith("NoSuchEntity");
    }

    @Test
    void onlyTheOwnerSendsWhereThePartnerSaysSo() {
        String id = request(offer -> offer.onlySendByOwner(true));
        associate(ANN, id);
        accept(BEN, id);

        assertThat(Trial.refusal(() -> send(BEN, id))).startsWith("AccessDenied");
        send(ANN, id);
        assertThat(state(id)).isEqualTo("FINALIZED");
    }

    @Test
    void theRootHasNoPartOfItsPermissionsToGive() {
        String id = request();
        associate(ANN, id);

        assertThat(Trial.refusal(() -> accept(Principal.root(Trial.ACCOUNT), id)))
                .startsWith("InvalidInput");
    }

    @Test
    void listedIsWhatSomebodyOfTheAccountHasTaken() {
        String id = request();
        request(offer -> offer.ownerAccountId(Trial.ACCOUNT));
        associate(ANN, id);

        Iam.ListDelegationRequestsResponse found = trial.by(ANN).call(new Iam.ListDelegationRequestsRequest());
        Iam.ListDelegationRequestsResponse bens =
                trial.by(ANN).call(new Iam.ListDelegationRequestsRequest().ownerId(BEN.arn()));

        assertThat(found.delegationRequests())
                .extracting(each -> each.delegationRequestId().orElseThrow())
                .containsExactly(id);
        assertThat(bens.delegationRequests()).isEmpty();
    }

    @Test
    void aSummarySaysWhatThePolicyAllows() {
        String id = request();
        var ask = new Iam.GetHumanReadableSummaryRequest()
                .entityArn("arn:aws:iam::" + Trial.ACCOUNT + ":delegation-request/" + id);

        Iam.GetHumanReadableSummaryResponse english = trial.by(ANN).call(ask);
        Iam.GetHumanReadableSummaryResponse german = trial.by(ANN).call(ask.locale("de"));

        assertThat(english.summaryState()).contains("AVAILABLE");
        assertThat(english.summaryContent().orElseThrow())
                .startsWith("Allows s3:GetObject, s3:PutObject on arn:aws:s3:::data/*.");
        assertThat(german.summaryState()).contains("NOT_SUPPORTED");
    }

    @Test
    void offersThatCannotBeKeptAreRefused() {
        assertThat(Trial.refusal(() -> request(offer -> offer.notificationChannel("arn:aws:sqs:eu-central-1:1:queue"))))
                .startsWith("InvalidInput");
        assertThat(Trial.refusal(() ->
                        request(offer -> offer.permissions(offer.permissions().policyTemplateArn(TEMPLATE + "x")))))
                .startsWith("InvalidInput");
        assertThat(Trial.refusal(() -> request(offer -> offer.permissions(
                        offer.permissions().parameters(List.of(parameter("bucket", "string", "data")))))))
                .isEqualTo("InvalidInput The policy template parameter queues is missing.");
    }
}
