package dev.cloudjar.kernel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is no policy is refused in IAM's words, one edit away from a policy that is one.
class ReaderTest {
    private static final String GOOD =
            "{'Version':'2012-10-17','Statement':[{'Sid':'A','Effect':'Allow','Action':'s3:Get*','Resource':'*'}]}";

    private record Edit(String from, String to, String message) {}

    private static final List<Edit> EDITS = List.of(
            new Edit("]}", "]", "Syntax errors in policy."),
            new Edit("{'Version'", "['Version'", "Syntax errors in policy."),
            new Edit("'Effect':'Allow'", "'Effect':'allow'", "Syntax errors in policy."),
            new Edit("'Effect':'Allow',", "", "Syntax errors in policy."),
            new Edit("'Effect'", "'Efect'", "Syntax errors in policy."),
            new Edit("'Statement'", "'Statements'", "Syntax errors in policy."),
            new Edit("2012-10-17", "2013-10-17", "Syntax errors in policy."),
            new Edit("2012-10-17", "2008-10-17", "Policy document must be version 2012-10-17 or greater."),
            new Edit("'Version':'2012-10-17',", "", "Policy document must be version 2012-10-17 or greater."),
            new Edit("'Action':'s3:Get*',", "", "Policy statement must contain actions."),
            new Edit("'s3:Get*'", "[]", "Policy statement must contain actions."),
            new Edit(",'Resource':'*'", "", "Policy statement must contain resources."),
            new Edit("'s3:Get*'", "'s3:Get*','NotAction':'s3:Put*'", "Syntax errors in policy."),
            new Edit("s3:Get*", "Get", "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
            new Edit("s3:Get*", "s 3:Get", "Vendor s 3 is not valid"),
            new Edit("s3:Get*", "s3:Get:x", "Actions/Condition can contain only one colon."),
            new Edit("'Resource':'*'", "'Resource':'bucket'", "Resource bucket must be in ARN format or \"*\"."),
            new Edit(
                    "'Resource':'*'",
                    "'Resource':'arn:nowhere:s3:::b'",
                    "Partition \"nowhere\" is not valid for resource \"arn:nowhere:s3:::b\"."),
            new Edit("'Resource':'*'", "'Resource':'arn:aws:s3'", "The policy failed legacy parsing"),
            new Edit(
                    "'Resource':'*'",
                    "'Resource':'arn:aws:iam:us-east-1:1:user/a'",
                    "IAM resource arn:aws:iam:us-east-1:1:user/a cannot contain region information."),
            new Edit(
                    "'Sid':'A'",
                    "'Sid':'A b'",
                    "Statement IDs (SID) must be alpha-numeric. Check that your input"
                            + " satisfies the regular expression [0-9A-Za-z]*"),
            new Edit("'Effect'", "'Principal':'*','Effect'", "Policy document should not specify a principal."),
            new Edit("'Effect'", "'Condition':{'Bol':{'a:b':'true'}},'Effect'", "Syntax errors in policy."),
            new Edit("'Effect'", "'Condition':{'NullIfExists':{'a:b':'true'}},'Effect'", "Syntax errors in policy."));

    @TestFactory
    Stream<DynamicTest> anEditIsRefused() {
        return EDITS.stream()
                .map(edit -> dynamicTest(edit.from() + " to " + edit.to(), () -> {
                    assertThatCode(() -> read(GOOD, Grammar.IDENTITY)).doesNotThrowAnyException();
                    assertThat(refusal(GOOD.replace(edit.from(), edit.to()), Grammar.IDENTITY))
                            .isEqualTo(edit.message());
                }));
    }

    @Test
    void twoStatementsMayNotShareAnId() {
        String twice = GOOD.replace("[{", "[{'Sid':'A','Effect':'Deny','Action':'s3:*','Resource':'*'},{");

        assertThat(refusal(twice, Grammar.IDENTITY))
                .isEqualTo("Statement IDs (SID) in a single policy must be unique.");
        assertThatCode(() -> read(twice.replaceFirst("'A'", "'B'"), Grammar.IDENTITY))
                .doesNotThrowAnyException();
    }

    @Test
    void aTrustPolicyHasPrincipalsAndNoResources() {
        String trust = "{'Version':'2012-10-17','Statement':{'Effect':'Allow','Principal':{'AWS':'111122223333'},"
                + "'Action':'sts:AssumeRole'}}";

        assertThatCode(() -> read(trust, Grammar.TRUST)).doesNotThrowAnyException();
        assertThat(refusal(trust.replace("'Action'", "'Resource':'*','Action'"), Grammar.TRUST))
                .isEqualTo("Has prohibited field Resource");
        assertThat(refusal(trust.replace("'Principal':{'AWS':'111122223333'},", ""), Grammar.TRUST))
                .isEqualTo("Missing required field Principal");
        assertThat(refusal(trust.replace("111122223333", "me"), Grammar.TRUST))
                .isEqualTo("Invalid principal in policy: \"AWS\":\"me\"");
        assertThat(refusal("nothing", Grammar.TRUST)).isEqualTo("This policy contains invalid Json");
    }

    @Test
    void aPolicyOf2008HasNoVariables() {
        String old = "{'Version':'2008-10-17','Statement':{'Effect':'Allow','Principal':'*','Action':'s3:*',"
                + "'Resource':'arn:aws:s3:::${aws:username}'}}";

        assertThat(Document.parse(json(old), Grammar.RESOURCE).keys()).isEmpty();
        assertThat(Document.parse(json(old.replace("2008-10-17", "2012-10-17")), Grammar.RESOURCE)
                        .keys())
                .containsExactly("aws:username");
    }

    private static Document read(String text, Grammar grammar) {
        return Document.parse(json(text), grammar);
    }

    private static String refusal(String text, Grammar grammar) {
        Malformed malformed = catchThrowableOfType(Malformed.class, () -> read(text, grammar));
        assertThat(malformed).as(text).isNotNull();
        return malformed.message();
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
