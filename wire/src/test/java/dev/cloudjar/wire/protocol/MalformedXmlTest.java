package dev.cloudjar.wire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.Struct;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// XML that is not well-formed, does not fit its model, or means harm is refused as S3 refuses it.
class MalformedXmlTest {
    private final Sent tagging = new Sent("s3", "PutBucketTagging", Protocol.REST_XML);
    private final Sent lifecycle = new Sent("s3", "PutBucketLifecycleConfiguration", Protocol.REST_XML);
    private final Sent list = new Sent("s3", "ListObjectsV2", Protocol.REST_XML);

    static Stream<String> broken() {
        String tag = "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet>";
        return Stream.of(
                "<",
                "text",
                "{}",
                "<Tagging>",
                tag,
                tag + "</tagging>",
                tag + "</Tagging><Tagging/>",
                tag + "</Tagging>text",
                "<Tagging><TagSet><Tag><Key><b>a</b></Key></Tag></TagSet></Tagging>",
                "<Tagging><TagSet><Tag><Key>&nbsp;</Key></Tag></TagSet></Tagging>",
                "<Tagging><TagSet><Tag><Key>&#0;</Key></Tag></TagSet></Tagging>",
                "<tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></tagging>",
                "<TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet>",
                tag + "<Unknown/></Tagging>",
                "<Tagging><TagSet><Other/><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
                "<Tagging><TagSet><Tag><Key>a</Key><Key>b</Key><Value>b</Value></Tag></TagSet></Tagging>",
                tag + "<TagSet/></Tagging>",
                "<Tagging a='1' a='2'/>",
                "<x:Tagging/>",
                "<?xml version='1.0' encoding='no-such'?><Tagging/>",
                "<!DOCTYPE Tagging><Tagging/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                        + "<Tagging><TagSet><Tag><Key>&e;</Key></Tag></TagSet></Tagging>",
                "<!DOCTYPE x SYSTEM 'http://localhost:1/x.dtd'><Tagging/>",
                "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
                        + "<Tagging><TagSet><Tag><Key>&b;</Key></Tag></TagSet></Tagging>",
                "<a>".repeat(100_000),
                "<a>".repeat(500) + "</a>".repeat(500));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenDocumentsAreRefused(String body) {
        refused(() -> tagging.body(body));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        byte[] body = "<Tagging><TagSet><Tag><Key>x</Key></Tag></TagSet></Tagging>".getBytes(StandardCharsets.UTF_8);
        body["<Tagging><TagSet><Tag><Key>".length()] = (byte) 0xff;
        refused(() -> tagging.body(body));
    }

    static Stream<String> wrongDays() {
        return Stream.of("", "abc", "1.5", "3000000000", "<a/>");
    }

    @ParameterizedTest
    @MethodSource("wrongDays")
    void aNumberMustBeOne(String days) {
        refused(() -> lifecycle.body("<LifecycleConfiguration><Rule><Expiration><Days>" + days
                + "</Days></Expiration></Rule></LifecycleConfiguration>"));
    }

    @Test
    void aNumberInTheQueryStringIsRefusedByName() {
        assertThatThrownBy(() -> list.query("max-keys=many")).isInstanceOfSatisfying(AwsError.class, error -> {
            assertThat(error.code().code()).isEqualTo("InvalidArgument");
            assertThat(error.message()).isEqualTo("Provided max-keys not an integer or within integer range");
        });
    }

    static Stream<String> badEscapes() {
        return Stream.of("prefix=%", "prefix=%4", "prefix=%zz", "prefix=%ff", "prefix=%c3%28", "%zz=1");
    }

    @ParameterizedTest
    @MethodSource("badEscapes")
    void percentEncodingMustBeRight(String query) {
        assertThatThrownBy(() -> list.query(query))
                .isInstanceOfSatisfying(
                        AwsError.class, error -> assertThat(error.code().code()).isEqualTo("InvalidURI"));
    }

    @Test
    void commentsBlanksAndAttributesMakeNoDifference() throws IOException {
        Struct input = tagging.body("<!-- a --><x:Tagging xmlns:x='http://s3.amazonaws.com/doc/2006-03-01/' a='b'>\n"
                + " <x:TagSet> <!-- b --> <x:Tag><x:Key>a</x:Key></x:Tag></x:TagSet></x:Tagging>\n");
        Struct tags = (Struct) Objects.requireNonNull(input.get("Tagging"));
        assertThat(tags.get("TagSet"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(1);
    }

    @Test
    void theDocumentsOfS3ControlHaveTheRootOfTheirOperation() throws IOException {
        var scope = new Sent("s3control", "PutAccessPointPolicy", Protocol.REST_XML);
        Struct input = scope.body("<PutAccessPointPolicyRequest><Policy>p</Policy></PutAccessPointPolicyRequest>");
        assertThat(input.get("Policy")).isEqualTo("p");
        refused(() -> scope.body("<PutAccessPointPolicy><Policy>p</Policy></PutAccessPointPolicy>"));
    }

    @Test
    void manyHarmlessReferencesAreRead() throws IOException {
        String value = "&amp;".repeat(200_000);
        Struct input = tagging.body("<Tagging><TagSet><Tag><Key>" + value + "</Key></Tag></TagSet></Tagging>");
        assertThat(input.toString()).contains("&".repeat(200_000));
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsError.class, error -> {
            assertThat(error.code().code()).isEqualTo("MalformedXML");
            assertThat(error.code().status()).isEqualTo(400);
            assertThat(error.message())
                    .isEqualTo("The XML you provided was not well-formed or did not validate against our"
                            + " published schema");
        });
    }
}
