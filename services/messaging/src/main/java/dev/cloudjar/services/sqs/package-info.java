/// Amazon SQS. [SqsService] is the way in; `Queues`, `QueueAttributes`, `Tags`, `Permissions`, `Messages`,
/// `Receiving`, `Receipts` and `MoveTasks` answer the operations; [Backlog] keeps the messages and says which may
/// be received.
///
/// All rows of a queue's content begin with its [Lot]. A [SentMessage] is written once; a [Flight] tells what has
/// become of it since it was received; a [Due] row says when it, or its group, may be had.
@NullMarked
package dev.cloudjar.services.sqs;

import org.jspecify.annotations.NullMarked;
