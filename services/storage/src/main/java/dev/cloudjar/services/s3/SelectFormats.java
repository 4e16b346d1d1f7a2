package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3.CSVInput;
import dev.cloudjar.api.S3.CSVOutput;
import dev.cloudjar.api.S3.CompressionType;
import dev.cloudjar.api.S3.FileHeaderInfo;
import dev.cloudjar.api.S3.InputSerialization;
import dev.cloudjar.api.S3.JSONOutput;
import dev.cloudjar.api.S3.JSONType;
import dev.cloudjar.api.S3.OutputSerialization;
import dev.cloudjar.api.S3.QuoteFields;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.s3.select.CsvFormat;
import dev.cloudjar.services.s3.select.CsvFormat.Marks;
import dev.cloudjar.services.s3.select.Fault;
import dev.cloudjar.services.s3.select.OutputFormat;
import dev.cloudjar.services.s3.select.Packing;
import java.util.Optional;

/// The formats of what a query reads and of what it answers, as a request tells them.
final class SelectFormats {
    private static final Marks USUAL = Marks.USUAL;

    private SelectFormats() {}

    /// Refuses an input that is of no format or of two.
    static void check(InputSerialization in) {
        long formats = count(in.csv()) + count(in.json()) + count(in.parquet());
        if (formats != 1) {
            throw (formats == 0 ? Fault.MISSING_PARAMETER : Fault.OBJECT_SERIALIZATION_CONFLICT).error();
        }
        Packing packing = packing(in);
        if (in.parquet().isPresent() && packing != Packing.NONE) {
            throw Fault.INVALID_COMPRESSION.error();
        }
        in.json().ifPresent(json -> {
            if (json.type().filter(JSONType.VALUES::contains).isEmpty()) {
                throw Fault.INVALID_JSON_TYPE.error();
            }
        });
    }

    private static long count(Optional<?> format) {
        return format.isPresent() ? 1 : 0;
    }

    static Packing packing(InputSerialization in) {
        String type = in.compressionType().orElse(CompressionType.NONE);
        if (!CompressionType.VALUES.contains(type)) {
            throw Fault.INVALID_COMPRESSION.error();
        }
        return Packing.valueOf(type);
    }

    static boolean isDocument(InputSerialization in) {
        return in.json()
                .flatMap(json -> json.type())
                .filter(JSONType.DOCUMENT::equals)
                .isPresent();
    }

    static CsvFormat csv(CSVInput in) {
        String headers = in.fileHeaderInfo().orElse(FileHeaderInfo.NONE);
        if (!FileHeaderInfo.VALUES.contains(headers)) {
            throw Fault.INVALID_FILE_HEADER_INFO.error();
        }
        String comments = in.comments().orElse(USUAL.comment());
        checkMark(comments, 1);
        return new CsvFormat(
                marks(in, comments), headers, in.allowQuotedRecordDelimiter().orElse(false));
    }

    private static Marks marks(Struct format, String comments) {
        var in = new Asked(format);
        var marks = new Marks(
                in.filled("FieldDelimiter").orElse(USUAL.field()),
                in.filled("RecordDelimiter").orElse(USUAL.record()),
                in.text("QuoteCharacter").orElse(USUAL.quote()),
                in.text("QuoteEscapeCharacter").orElse(USUAL.escape()),
                comments);
        checkMark(marks.field(), 1);
        checkMark(marks.record(), 2);
        checkMark(marks.quote(), 1);
        checkMark(marks.escape(), 1);
        return marks;
    }

    private static void checkMark(String mark, int longest) {
        if (mark.codePointCount(0, mark.length()) > longest) {
            throw Fault.INVALID_PARAMETER.error();
        }
    }

    static OutputFormat of(OutputSerialization out) {
        if (out.csv().isPresent() == out.json().isPresent()) {
            throw (out.csv().isPresent() ? Fault.OBJECT_SERIALIZATION_CONFLICT : Fault.MISSING_PARAMETER).error();
        }
        return out.csv().isPresent()
                ? csv(out.csv().get())
                : new OutputFormat.JsonLines(
                        out.json().flatMap(JSONOutput::recordDelimiter).orElse(USUAL.record()));
    }

    private static OutputFormat csv(CSVOutput out) {
        String quotes = out.quoteFields().orElse(QuoteFields.ASNEEDED);
        if (!QuoteFields.VALUES.contains(quotes)) {
            throw Fault.INVALID_QUOTE_FIELDS.error();
        }
        return new OutputFormat.Csv(marks(out, USUAL.comment()), quotes.equals(QuoteFields.ALWAYS));
    }
}
