package dev.cloudjar.services.sqs;

import dev.cloudjar.kernel.Meter;

/// What SQS bills for messages: a request for each 64 KiB that a call sends or receives, dearer in FIFO queues.
final class Usage {
    private static final int CHUNK = 65_536;

    private Usage() {}

    static void count(Meter meter, Queue queue, long size) {
        String type = queue.isFifo() ? "Requests-FIFO-Tier1" : "Requests-Tier1";
        meter.count(SqsService.ID, type, Math.max(1, (size + CHUNK - 1) / CHUNK));
    }
}
