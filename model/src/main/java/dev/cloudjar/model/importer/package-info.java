/// Reads the models that every AWS CLI and boto3 installation carries and writes them down as digests.
///
/// [Importer] is the program; [BotocoreModel] makes a schema of one model in memory, without a file.
@NullMarked
package dev.cloudjar.model.importer;

import org.jspecify.annotations.NullMarked;
