package dev.cloudjar.model;

/// The wire protocols that AWS services speak.
public enum Protocol {
    AWS_JSON_1_0,
    AWS_JSON_1_1,
    REST_JSON,
    REST_XML,
    AWS_QUERY,
    EC2_QUERY,
    RPC_V2_CBOR
}
