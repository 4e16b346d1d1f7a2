package dev.cloudjar.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// HTTP without a network, for the AWS SDK's clients of a cloud in this JVM.
final class InsideHttp implements SdkHttpClient {
    private final Running running;

    InsideHttp(Running running) {
        this.running = running;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        InputStream body = request.contentStreamProvider()
                .<InputStream>map(content -> content.newStream())
                .orElseGet(InputStream::nullInputStream);
        Ask ask = ask(request.httpRequest(), request.contentStreamProvider().isPresent(), body);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                Reply reply = running.send(ask);
                return HttpExecuteResponse.builder()
                        .response(response(reply))
                        .responseBody(AbortableInputStream.create(reply.body()))
                        .build();
            }

            @Override
            public void abort() {
                // The call runs on its caller's thread, which the SDK interrupts itself.
            }
        };
    }

    static Ask ask(SdkHttpRequest request, boolean hasBody, InputStream body) {
        String host = request.firstMatchingHeader("Host")
                .orElseGet(() -> request.host() + (request.port() == 80 ? "" : ":" + request.port()));
        Optional<String> length = request.firstMatchingHeader("Content-Length");
        OptionalLong known = length.isPresent()
                ? OptionalLong.of(Long.parseLong(length.get()))
                : hasBody ? OptionalLong.empty() : OptionalLong.of(0);
        var target = new Ask.Target(
                request.method().name(),
                host,
                request.encodedPath(),
                request.encodedQueryParameters().orElse(""));
        return new Ask(target, request.headers(), known, body);
    }

    static SdkHttpResponse response(Reply reply) {
        return SdkHttpResponse.builder()
                .statusCode(reply.status())
                .headers(reply.headers())
                .build();
    }

    @Override
    public String clientName() {
        return "Cloudjar";
    }

    @Override
    public void close() {
        // There is no connection to close.
    }
}
