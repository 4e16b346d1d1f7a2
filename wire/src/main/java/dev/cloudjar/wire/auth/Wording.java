package dev.cloudjar.wire.auth;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Protocol;

/// How a service refuses a request that is not signed as it should be.
sealed interface Wording permits S3Wording, CommonWording {
    AwsError refuse(Flaw flaw);

    static Wording of(Endpoint endpoint) {
        if (endpoint.isS3()) {
            return S3Wording.INSTANCE;
        }
        if (endpoint.protocol() == Protocol.EC2_QUERY) {
            return CommonWording.EC2;
        }
        return switch (endpoint.protocol()) {
            case AWS_QUERY, EC2_QUERY, REST_XML -> CommonWording.QUERY;
            case REST_JSON -> CommonWording.REST_JSON;
            case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR -> CommonWording.JSON;
        };
    }
}
