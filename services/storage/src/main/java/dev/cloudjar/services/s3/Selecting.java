package dev.cloudjar.services.s3;

import dev.cloudjar.api.S3;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service.OutsideTransaction;
import dev.cloudjar.services.s3.select.CsvFormat;
import dev.cloudjar.services.s3.select.CsvRows;
import dev.cloudjar.services.s3.select.Fault;
import dev.cloudjar.services.s3.select.JsonRows;
import dev.cloudjar.services.s3.select.OutputFormat;
import dev.cloudjar.services.s3.select.Packing;
import dev.cloudjar.services.s3.select.ParquetRows;
import dev.cloudjar.services.s3.select.Query;
import dev.cloudjar.services.s3.select.Rows;
import dev.cloudjar.services.s3.select.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Parts of an object that a query selects, streamed as they are found.
final class Selecting implements S3 {
    private final Kernel kernel;
    private final Reading reading;

    Selecting(Parts parts, Reading reading) {
        this.kernel = parts.kernel();
        this.reading = reading;
    }

    @Override
    @OutsideTransaction
    public SelectObjectContentOutput selectObjectContent(SelectObjectContentRequest in) {
        if (Call.current().principal().equals(Principal.anonymous())) {
            throw Refusals.denied();
        }
        if (!in.expressionType().equals(ExpressionType.SQL)) {
            throw Fault.INVALID_EXPRESSION_TYPE.error();
        }
        SelectFormats.check(in.inputSerialization());
        OutputFormat output = SelectFormats.of(in.outputSerialization());
        Query query = Query.of(in.expression(), kernel.time().now());
        var asked = new Asked(in);
        Reading.Seen seen = reading.see(asked, "POST");
        reading.checkReadable(seen);
        var source = new SelectSource(reading, seen, asked);
        Rows rows = rows(in, query, source);
        boolean progress =
                in.requestProgress().flatMap(RequestProgress::enabled).orElse(false);
        return new SelectObjectContentOutput()
                .payload(new SelectStream(new Selection(query, rows, output), source, progress));
    }

    private static Rows rows(SelectObjectContentRequest in, Query query, SelectSource source) {
        InputSerialization format = in.inputSerialization();
        Bytes range = range(in.scanRange(), format, source.size());
        Packing packing = SelectFormats.packing(format);
        try {
            if (query.isNested() && format.json().isEmpty()) {
                throw Fault.INVALID_KEY_PATH.error();
            }
            if (format.csv().isPresent()) {
                return csv(SelectFormats.csv(format.csv().get()), packing, range, source);
            }
            if (format.parquet().isPresent()) {
                return new ParquetRows(source);
            }
            boolean document = SelectFormats.isDocument(format);
            var rows = new JsonRows(source.open(range.offset(), packing), query, document, range.length());
            if (range.offset() > 0) {
                rows.skipRest();
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rows csv(CsvFormat format, Packing packing, Bytes range, SelectSource source) throws IOException {
        if (range.offset() == 0) {
            return new CsvRows(source.open(0, packing), format, range.length());
        }
        var bare = new CsvFormat(format.marks(), CsvFormat.NO_HEADERS, format.quotedDelimiters());
        var rows = new CsvRows(source.open(range.offset(), packing), bare, range.length());
        rows.skipRest();
        try (var head = new CsvRows(source.open(0, packing), format, range.length())) {
            return rows.named(head.headers());
        }
    }

    /// The stretch in which the records begin that are looked at. It starts a byte early, so that a record that
    /// begins right at its start is not taken for the rest of one before.
    private static Bytes range(Optional<ScanRange> wanted, InputSerialization format, long size) {
        if (wanted.isEmpty()) {
            return new Bytes(0, Long.MAX_VALUE);
        }
        boolean splits = SelectFormats.packing(format) == Packing.NONE
                && !SelectFormats.isDocument(format)
                && format.parquet().isEmpty()
                && !format.csv().flatMap(CSVInput::allowQuotedRecordDelimiter).orElse(false);
        if (!splits) {
            throw Fault.UNSUPPORTED_SCAN_RANGE.error();
        }
        Optional<Long> start = wanted.get().start();
        Optional<Long> end = wanted.get().end();
        long from = start.orElse(end.map(last -> Math.max(0, size - last)).orElse(-1L));
        long to = start.isPresent() ? end.orElse(Long.MAX_VALUE - 1) : Long.MAX_VALUE - 1;
        if (from < 0 || to < from || end.filter(last -> last < 0).isPresent()) {
            throw Fault.INVALID_SCAN_RANGE.error();
        }
        long offset = Math.max(0, from - 1);
        return new Bytes(offset, to + 1 - offset);
    }
}
