package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.AwsError;
import java.util.List;

/// Custom key stores. There can be none before CloudHSM stands, so whichever one names is missing.
final class KeyStores implements Kms {
    static AwsError missing(String store) {
        return CUSTOM_KEY_STORE_NOT_FOUND_EXCEPTION.because("Custom key store %s is not found.", store);
    }

    @Override
    public DescribeCustomKeyStoresResponse describeCustomKeyStores(DescribeCustomKeyStoresRequest in) {
        in.customKeyStoreId().or(in::customKeyStoreName).ifPresent(store -> {
            throw missing(store);
        });
        return new DescribeCustomKeyStoresResponse().customKeyStores(List.of()).truncated(false);
    }

    @Override
    public ConnectCustomKeyStoreResponse connectCustomKeyStore(ConnectCustomKeyStoreRequest in) {
        throw missing(in.customKeyStoreId());
    }

    @Override
    public DisconnectCustomKeyStoreResponse disconnectCustomKeyStore(DisconnectCustomKeyStoreRequest in) {
        throw missing(in.customKeyStoreId());
    }

    @Override
    public DeleteCustomKeyStoreResponse deleteCustomKeyStore(DeleteCustomKeyStoreRequest in) {
        throw missing(in.customKeyStoreId());
    }

    @Override
    public UpdateCustomKeyStoreResponse updateCustomKeyStore(UpdateCustomKeyStoreRequest in) {
        throw missing(in.customKeyStoreId());
    }
}
