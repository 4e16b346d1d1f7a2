package dev.cloudjar.services.s3.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.services.s3.parquet.ParquetColumn.Physical;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Parquet files of ours and of others.
class ParquetTest {
    /// Written by hyparquet-writer for JavaScript: a page of the second version, packed by Snappy, with a
    /// dictionary.
    private static final byte[] FOREIGN = Base64.getDecoder().decode("""
            UEFSMRUGFRwVIFwVBhUAFQYVABUEFQAAAAMHDCwBAAAAAgAAAAMAAAAVBhUuFTJcFQYVABUGFQAVBBUAAAADBxVQAwAAAEFubgMA
            AABCb2IDAAAAQW5uFQYVJBUkXBUGFQIVBhUAFQQVAAAAAwUQAAAFAST4PwAAAAAAAAhAFQQZTEgEcm9vdBUGABUCJQIYAmlkABUM
            JQIYBG5hbWUlAAAVCiUCGAVzY29yZQAWBhkcGTwmCBwVAhkVABkYAmlkFQIWBhZGFkomCDw2ACgEAwAAABgEAQAAAAAZHBUGFQAV
            AgAAACZSHBUMGRUAGRgEbmFtZRUCFgYWWBZcJlI8NgAoA0JvYhgDQW5uABkcFQYVABUCAAAAJq4BHBUKGRUAGRgFc2NvcmUVAhYG
            Fk4WTiauATw2AigIAAAAAAAACEAYCAAAAAAAAPg/NgAAGRwVBhUAFQIAAAAW7AEWBjb0AQAoCWh5cGFycXVldBk8HAAAHAAAHAAA
            APoAAABQQVIx""".replace("\n", ""));

    private static ParquetFile open(byte[] bytes) throws IOException {
        return ParquetFile.open(new ParquetFile.Source() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
            }
        });
    }

    @Test
    void aFileOfAnotherWriterIsRead() throws IOException {
        ParquetFile file = open(FOREIGN);

        assertThat(file.columns())
                .extracting(column -> column.path().getFirst())
                .containsExactly("id", "name", "score");
        assertThat(file.values(0, 0)).containsExactly(new BigDecimal(1), new BigDecimal(2), new BigDecimal(3));
        assertThat(file.values(0, 1)).containsExactly("Ann", "Bob", "Ann");
        assertThat(file.values(0, 2)).containsExactly(new BigDecimal("1.5"), null, new BigDecimal("3.0"));
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        var columns = List.of(
                ParquetWriter.column("key", Physical.BYTE_ARRAY, true),
                ParquetWriter.column("is_latest", Physical.BOOLEAN, false),
                ParquetWriter.column("size", Physical.INT64, false),
                ParquetWriter.column("last_modified_date", Physical.INT64, false));
        byte[] bytes = ParquetWriter.write(
                "things", columns, List.of(Arrays.asList("a", true, 7L, 1000L), Arrays.asList("b", null, null, null)));
        ParquetFile file = open(bytes);

        assertThat(file.rows(0)).isEqualTo(2);
        assertThat(file.values(0, 0)).containsExactly("a", "b");
        assertThat(file.values(0, 1)).containsExactly(true, null);
        assertThat(file.values(0, 2)).containsExactly(new BigDecimal(7), null);
        assertThat(file.values(0, 3)).containsExactly(Instant.ofEpochSecond(1), null);
        assertThat(ParquetWriter.schema("things", columns))
                .isEqualTo("message things { required binary key (UTF8); optional boolean is_latest;"
                        + " optional int64 size; optional int64 last_modified_date (TIMESTAMP_MILLIS); }");
    }

    @Test
    void aFileThatIsCutIsBroken() throws IOException {
        open(FOREIGN);
        for (int length : new int[] {0, 8, 40, FOREIGN.length - 1}) {
            assertThatThrownBy(() -> open(Arrays.copyOf(FOREIGN, length))).isInstanceOf(ParquetException.class);
        }
        byte[] wrong = FOREIGN.clone();
        Arrays.fill(wrong, 4, 60, (byte) 0x55);
        assertThatThrownBy(() -> open(wrong).values(0, 1)).isInstanceOf(ParquetException.class);
    }
}
