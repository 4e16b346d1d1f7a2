package dev.cloudjar.kernel;

import dev.cloudjar.model.Blob;
import java.util.Map;

/// Data keys under KMS keys, for services that encrypt what they keep. The port of KMS; a world without KMS has
/// one key for every name.
///
/// A key is named as KMS allows: by id, alias (`alias/aws/s3`), or the ARN of either. Names without account and
/// region belong to those of the call, in whose principal's name the key is used. Refusals are KMS's own
/// errors.
public interface Keys {
    /// A data key of 256 bits: in the clear, for use and never for keeping, and sealed under `key`, for keeping.
    record DataKey(Arn key, Blob plaintext, Blob sealed) {}

    /// The ARN of the key that `name` means, where there is one that may encrypt.
    Arn find(String name);

    /// Refuses whoever could not open at the moment what the key that `name` means has sealed with `context`.
    /// This is no use of the key.
    void check(String name, Map<String, String> context);

    /// A new data key under the key that `name` means, which opens with the same `context` only.
    DataKey generate(String name, Map<String, String> context);

    /// The plaintext of a data key that was sealed with the same `context`.
    Blob open(Blob sealed, Map<String, String> context);
}
