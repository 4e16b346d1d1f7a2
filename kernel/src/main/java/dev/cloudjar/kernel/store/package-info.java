/// The ordered key-value store under all tables: an immutable tree, optimistic transactions, and the journal.
///
/// Keys and values are bytes. Nothing here knows what a row, an account or an AWS call is.
@NullMarked
package dev.cloudjar.kernel.store;

import org.jspecify.annotations.NullMarked;
