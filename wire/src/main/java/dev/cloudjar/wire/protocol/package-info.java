/// AWS's protocols, server side: requests become [dev.cloudjar.model.Struct]s, results and errors become responses.
///
/// [Codecs] hands out one [ProtocolCodec] a protocol. Three codecs cover them all: [RpcCodec] (awsJson, CBOR),
/// [RestCodec] (restJson, restXml) and [QueryCodec] (awsQuery, ec2Query). They share the forms of a body
/// ([BodyFormat]): a tree of JSON or CBOR ([TreeReader], [TreeWriter]) or XML ([XmlShapeReader], [XmlShapeWriter]),
/// and the framing of event streams ([EventFrame]). Readers say what is wrong with [Unreadable]; the codec that
/// called them puts it into its protocol's words.
@NullMarked
package dev.cloudjar.wire.protocol;

import org.jspecify.annotations.NullMarked;
