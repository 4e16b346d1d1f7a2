package dev.cloudjar.services.sqs;

import static dev.cloudjar.api.Sqs.BATCH_ENTRY_IDS_NOT_DISTINCT;
import static dev.cloudjar.api.Sqs.EMPTY_BATCH_REQUEST;
import static dev.cloudjar.api.Sqs.INVALID_BATCH_ENTRY_ID;
import static dev.cloudjar.api.Sqs.TOO_MANY_ENTRIES_IN_BATCH_REQUEST;

import dev.cloudjar.api.Sqs.BatchResultErrorEntry;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// What became of the entries of a batch, each on its own: some succeed, others are refused.
record Batch<R>(List<R> successful, List<BatchResultErrorEntry> failed) {
    private static final int MOST = 10;

    /// Refuses a batch that is wrong as a whole; `entry` is what AWS calls one of its entries.
    static void check(List<? extends Struct> entries, String entry) {
        if (entries.isEmpty()) {
            throw EMPTY_BATCH_REQUEST.because("There should be at least one %s in the request.", entry);
        }
        if (entries.size() > MOST) {
            throw TOO_MANY_ENTRIES_IN_BATCH_REQUEST.because(
                    "Maximum number of entries per request are %d. You have sent %d.", MOST, entries.size());
        }
        var ids = new HashSet<String>();
        for (int i = 0; i < entries.size(); i++) {
            Refusals.RULES.checkRequired(entries.get(i), entry + '.' + (i + 1) + '.');
            String id = id(entries.get(i));
            if (!Refusals.NAME.takes(id)) {
                throw INVALID_BATCH_ENTRY_ID.because(
                        "A batch entry id can only contain alphanumeric characters, hyphens"
                                + " and underscores. It can be at most 80 letters long.");
            }
            if (!ids.add(id)) {
                throw BATCH_ENTRY_IDS_NOT_DISTINCT.because("Id %s repeated.", id);
            }
        }
    }

    static <E extends Struct, R> Batch<R> each(List<E> entries, Function<E, R> one) {
        var batch = new Batch<R>(new ArrayList<>(), new ArrayList<>());
        for (E entry : entries) {
            try {
                Refusals.RULES.check(entry);
                batch.successful.add(one.apply(entry));
            } catch (AwsError refused) {
                batch.failed.add(new BatchResultErrorEntry()
                        .id(id(entry))
                        .senderFault(refused.code().senderFault())
                        .code(refused.code().queryCode())
                        .message(refused.message()));
            }
        }
        return batch;
    }

    private static String id(Struct entry) {
        return String.valueOf(entry.get("Id"));
    }
}
