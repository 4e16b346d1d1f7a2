package dev.cloudjar.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.model.Blob;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// ARNs, ids, tokens and blobs.
class SmallPartsTest {
    private final Tokens tokens = new Tokens(Blob.of("a secret of this world"));

    @Test
    void anArnComesApartAndTogether() {
        for (String text : new String[] {
            "arn:aws:sqs:us-east-1:123456789012:queue",
            "arn:aws:s3:::bucket/key:with:colons",
            "arn:aws-cn:lambda:cn-north-1:1:function:name:7",
            "arn:aws:iam::1:role/path/name"
        }) {
            assertThat(Arn.parse(text)).get().hasToString(text);
        }
        assertThat(Arn.parse("arn:aws:lambda:r:1:function:name:7"))
                .get()
                .extracting(Arn::name)
                .isEqualTo("7");
        for (String text : new String[] {"", "arn", "arn:aws:s3", "arn:aws::r:1:x", "urn:aws:s3:r:1:x"}) {
            assertThat(Arn.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void anAlteredTokenIsNothing() {
        String token = tokens.seal("scope", "content: äöü");
        assertThat(tokens.open("scope", token)).contains("content: äöü");
        for (int at = 0; at < token.length(); at++) {
            for (char other : "ABCDwxyz0189-_=+/ .é".toCharArray()) {
                String altered = token.substring(0, at) + other + token.substring(at + 1);
                if (!altered.equals(token)) {
                    assertThat(tokens.open("scope", altered)).as(altered).isEmpty();
                }
            }
            assertThat(tokens.open("scope", token.substring(0, at))).isEmpty();
        }
        assertThat(tokens.open("scope", token + "=")).isEmpty();
        assertThat(tokens.open("scope", token + "AAAA")).isEmpty();
        assertThat(tokens.open("other", token)).isEmpty();
        assertThat(new Tokens(Blob.of("of another")).open("scope", token)).isEmpty();
    }

    @Test
    void aTokenIsNoOptionOfACommandLine() {
        for (int i = 0; i < 1000; i++) {
            assertThat(tokens.seal("scope", i + "é")).doesNotStartWith("-");
            assertThat(tokens.seal("scope", "é" + i)).doesNotStartWith("-");
        }
    }

    @Test
    void emptyContentIsSealedToo() {
        assertThat(tokens.open("", tokens.seal("", ""))).contains("");
    }

    @Test
    void seededIdsRepeatAndSecureOnesDoNot() {
        assertThat(Ids.seeded(5).uuid())
                .isEqualTo(Ids.seeded(5).uuid())
                .isNotEqualTo(Ids.seeded(6).uuid());
        assertThat(Ids.secure(InstantSource.system()).uuid())
                .isNotEqualTo(Ids.secure(InstantSource.system()).uuid())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void idsAreAsLongAsAskedAndAllDifferent() {
        Ids ids = Ids.seeded(1);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            assertThat(seen.add(ids.hex("vpc-", 17))).isTrue();
        }
        assertThat(ids.hex("", 0)).isEmpty();
        assertThat(ids.hex("i-", 1)).matches("i-[0-9a-f]");
        assertThat(ids.bytes(10_000)).hasSize(10_000);
        assertThat(ids.sequence()).isLessThan(ids.sequence());
    }

    @Test
    void aWorldOpenedAgainFromItsSeedDoesNotRepeatItsIds() {
        assertThat(Ids.seeded(5, 0).uuid()).isNotEqualTo(Ids.seeded(5, 1).uuid());
        assertThat(Ids.seeded(5, 0).sequence()).isLessThan(Ids.seeded(5, 1).sequence());
    }
}
