package dev.cloudjar.services.dynamodb;

import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.dynamodb.Features.Encryption;
import dev.cloudjar.services.dynamodb.value.Refusals;
import java.util.Map;
import java.util.Optional;

/// The keys of KMS that encrypt tables: found for new tables, and asked before anybody gets at items. What KMS
/// refuses, DynamoDB refuses in words of its own.
///
/// See https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
record TableKeys(Kernel kernel) {
    private static final AwsError.Code ACCESS_DENIED = AwsError.Code.of("AccessDeniedException", 400);

    /// Encryption by the key that `name` means, or by that of AWS in the account.
    Encryption encryption(Optional<String> name) {
        try {
            return new Encryption(
                    kernel.keys().find(name.orElse("alias/aws/dynamodb")).toString());
        } catch (AwsError refused) {
            throw said(refused);
        }
    }

    /// Refuses whoever cannot use the key of a table.
    void check(DynamoTable table) {
        if (table.features().encryption().isPresent()) {
            check(table, table.features().encryption().get());
        }
    }

    private void check(DynamoTable table, Encryption encryption) {
        Map<String, String> context = Map.of(
                "aws:dynamodb:tableName", table.id(),
                "aws:dynamodb:subscriberId", Call.current().account());
        try {
            kernel.keys().check(encryption.keyArn(), context);
        } catch (AwsError refused) {
            throw said(refused);
        }
    }

    /// Whether the key of a table can be used by nobody: then the table is closed.
    boolean isClosed(DynamoTable table) {
        try {
            table.features().encryption().ifPresent(encryption -> kernel.keys().find(encryption.keyArn()));
            return false;
        } catch (AwsError refused) {
            return true;
        }
    }

    private static AwsError said(AwsError refused) {
        String code = refused.code().code();
        boolean denied = code.startsWith("AccessDenied");
        String cause = String.join(
                "",
                denied ? "AWSKMSException: " : code + ": ",
                denied
                        ? "The ciphertext refers to a customer master key that does not exist, does not exist in this"
                                + " region, or you are not allowed to access."
                        : refused.message(),
                " (Service: AWSKMS; Status Code: 400; Error Code: ",
                denied ? ACCESS_DENIED.code() : code,
                "; Request ID: ",
                Call.current().request().id(),
                "; Proxy: null)");
        return denied
                ? ACCESS_DENIED.because("KMS key access denied error: com.amazonaws.services.kms.model.%s", cause)
                : Refusals.invalid("KMS validation error: com.amazonaws.services.kms.model.%s", cause);
    }
}
