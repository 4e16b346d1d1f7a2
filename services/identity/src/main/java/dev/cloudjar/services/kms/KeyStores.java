package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.model.AwsError;
import java.util.List;

/// Custom key stores. There can be none before CloudHSM stands, so whichever one names is missing.
final class KeyStores implements Kms {
    static AwsError missing(String store) {
        return CUSTOM_KEY_STORE_NOT_FOUND_EXCEPTION.because("Custom key store %s is not found.", store);
    }

    /// The cluster or the proxy behind a store must be there; none is, in this world.
    @Override
    public CreateCustomKeyStoreResponse createCustomKeyStore(CreateCustomKeyStoreRequest in) {
        boolean external = in.customKeyStoreType()
                .filter(CustomKeyStoreType.EXTERNAL_KEY_STORE::equals)
                .isPresent();
        if (!external) {
            check(in, List.of("CloudHsmClusterId", "KeyStorePassword", "TrustAnchorCertificate"));
            throw CLOUD_HSM_CLUSTER_NOT_FOUND_EXCEPTION.because(
                    "CloudHsm cluster %s is not found.", in.cloudHsmClusterId().orElseThrow());
        }
        check(
                in,
                List.of(
                        "XksProxyConnectivity",
                        "XksProxyUriEndpoint",
                        "XksProxyUriPath",
                        "XksProxyAuthenticationCredential"));
        if (in.xksProxyConnectivity()
                .filter(XksProxyConnectivityType.VPC_ENDPOINT_SERVICE::equals)
                .isPresent()) {
            check(in, List.of("XksProxyVpcEndpointServiceName"));
            throw XKS_PROXY_VPC_ENDPOINT_SERVICE_NOT_FOUND_EXCEPTION.because(
                    "VPC endpoint service %s is not found.",
                    in.xksProxyVpcEndpointServiceName().orElseThrow());
        }
        throw XKS_PROXY_URI_UNREACHABLE_EXCEPTION.because("KMS was unable to reach the specified XksProxyUriPath.");
    }

    private static void check(CreateCustomKeyStoreRequest in, List<String> needed) {
        for (String member : needed) {
            if (in.get(member) == null) {
                throw Refusals.INVALID.because(
                        "%s is a required parameter for a custom key store of this type.", member);
            }
        }
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
