package dev.cloudjar.kernel.checksum;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The checksum is that of the NVM Express specification, however many bytes come at once.
class Crc64NvmeTest {
    @Test
    void theCheckValueOfTheSpecificationComesOut() {
        var crc = new Crc64Nvme();
        crc.update("123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 8, 8191, 8192, 8193, 16384, 40_001})
    void manyBytesAtOnceSumAsOneByOne(int length) {
        byte[] bytes = new byte[length + 3];
        new Random(length).nextBytes(bytes);
        var atOnce = new Crc64Nvme();
        var oneByOne = new Crc64Nvme();

        atOnce.update(5);
        atOnce.update(bytes, 3, length);
        oneByOne.update(5);
        for (int i = 3; i < bytes.length; i++) {
            oneByOne.update(bytes[i]);
        }

        assertThat(atOnce.getValue()).isEqualTo(oneByOne.getValue());
    }
}
