package dev.cloudjar.wire.protocol;

import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Protocol;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape.Flag;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.protocol.BodyFormat.Binding;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// The protocols that post a form, or put it into the query string, and answer XML: awsQuery and ec2Query.
final class QueryCodec implements ProtocolCodec {
    private final boolean ec2;
    private final Quirks quirks;

    QueryCodec(Protocol protocol, Quirks quirks) {
        this.ec2 = protocol == Protocol.EC2_QUERY;
        this.quirks = quirks;
    }

    @Override
    public Struct decode(OperationSchema operation, HttpRequest request, Map<String, String> uriLabels)
            throws IOException {
        QueryNode tree = tree(RequestBody.plain(operation, request));
        Struct input = operation.input().create();
        try {
            new QueryReader(ec2).fill(input, tree);
        } catch (Unreadable e) {
            throw Refusals.input(e);
        }
        return input;
    }

    private static QueryNode tree(HttpRequest request) throws IOException {
        var tree = new QueryNode();
        try {
            QueryString.forEach(request.query(), tree::add);
            byte[] bytes = RequestBody.read(request);
            QueryString.forEach(Percent.utf8(bytes, bytes.length), tree::add);
        } catch (Unreadable e) {
            throw Refusals.queryString();
        }
        return tree;
    }

    @Override
    public HttpResponse encode(OperationSchema operation, Struct output, String requestId) {
        Blob document = ec2 ? ec2(operation, output, requestId) : query(operation, output, requestId);
        return answer(200, document, requestId);
    }

    private Blob query(OperationSchema operation, Struct output, String requestId) {
        var out = new XmlWriter();
        String root = operation.name() + "Response";
        out.start(root);
        operation.service().facts().xmlNamespace().ifPresent(uri -> out.attribute("xmlns", uri));
        var members =
                XmlShapeWriter.ofQuery(out, quirks.millis(operation.service().id()));
        if (!output.shape().is(Flag.UNIT)) {
            String wrapper = operation.resultWrapper().orElseGet(() -> operation.name() + "Result");
            out.start(wrapper);
            members.members(output);
            out.end(wrapper);
        }
        out.start("ResponseMetadata").element("RequestId", requestId).end("ResponseMetadata");
        return out.end(root).bytes();
    }

    private Blob ec2(OperationSchema operation, Struct output, String requestId) {
        var out = new XmlWriter().declaration();
        String root = operation.name() + "Response";
        out.start(root);
        operation
                .service()
                .facts()
                .xmlNamespace()
                .ifPresent(uri -> out.attribute("xmlns", uri.endsWith("/") ? uri : uri + '/'));
        out.element("requestId", requestId);
        new XmlShapeWriter(out, quirks.millis(operation.service().id()), Binding.NONE).members(output);
        return out.end(root).bytes();
    }

    @Override
    public HttpResponse error(
            ServiceSchema service, Optional<OperationSchema> operation, AwsError error, String requestId) {
        Blob document = ec2 || quirks.ec2Errors(service.id())
                ? XmlErrors.ec2(error, requestId)
                : XmlErrors.query(service.facts().xmlNamespace(), error, requestId);
        return answer(error.code().status(), document, requestId);
    }

    private HttpResponse answer(int status, Blob document, String requestId) {
        String contentType = ec2 ? "text/xml;charset=UTF-8" : "text/xml";
        Headers headers = Headers.of(ResponseHeaders.REQUEST_ID, requestId, ResponseHeaders.CONTENT_TYPE, contentType);
        return new HttpResponse(status, headers, Body.of(document));
    }
}
