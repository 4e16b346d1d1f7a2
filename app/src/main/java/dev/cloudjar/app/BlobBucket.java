package dev.cloudjar.app;

import dev.cloudjar.kernel.BlobStore;
import dev.cloudjar.kernel.Blobs.Ref;
import dev.cloudjar.kernel.checksum.Digests;
import dev.cloudjar.model.Body;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Blobs as objects of a bucket in any store that speaks S3, in AWS or elsewhere, so that nodes need not share a
/// file system for them. Each is read from there when it is asked for.
final class BlobBucket implements BlobStore {
    private static final int MOST_TRIES = 4;
    private static final long BETWEEN_TRIES = 200_000_000;
    private static final int NAME = 64;
    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final Pattern NEXT = Pattern.compile("<NextContinuationToken>([^<]*)<");

    private final BucketUrl bucket;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BlobBucket(BucketUrl bucket) {
        this.bucket = bucket;
    }

    private URI object(String sha256) {
        return bucket.object(sha256.substring(0, 2) + '/' + sha256);
    }

    @Override
    public void keep(Path file, Ref ref) throws IOException {
        if (!has(ref.sha256())) {
            var put = bucket.signed("PUT", object(ref.sha256()), BodyPublishers.ofFile(file), ref.sha256());
            expect(200, send(put, BodyHandlers.ofString()));
        }
    }

    @Override
    public boolean has(String sha256) {
        HttpResponse<String> answer = sendUnchecked("HEAD", object(sha256));
        return answer.statusCode() != 404 && expect(200, answer);
    }

    @Override
    public Body open(Ref ref, long offset, long length) {
        InputStream bytes = length == 0 ? InputStream.nullInputStream() : new Late(ref, offset, length);
        return Body.of(OptionalLong.of(length), bytes);
    }

    /// An object that is asked for when its first byte is.
    private final class Late extends FilterInputStream {
        private final Ref ref;
        private final String range;
        private boolean asked;

        Late(Ref ref, long offset, long length) {
            super(InputStream.nullInputStream());
            this.ref = ref;
            this.range = "bytes=" + offset + '-' + (offset + length - 1);
        }

        private void ask() throws IOException {
            if (asked) {
                return;
            }
            asked = true;
            var get = bucket.signed("GET", object(ref.sha256()), BodyPublishers.noBody(), Digests.EMPTY_SHA256);
            HttpResponse<InputStream> answer = send(get.header("Range", range), BodyHandlers.ofInputStream());
            in = answer.body();
            if (answer.statusCode() != 206) {
                throw new IOException("the blob " + ref.sha256() + " is not to be had: " + answer.statusCode());
            }
        }

        @Override
        public int read() throws IOException {
            ask();
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            ask();
            return super.read(into, offset, length);
        }
    }

    @Override
    public void delete(String sha256) {
        HttpResponse<String> answer = sendUnchecked("DELETE", object(sha256));
        if (answer.statusCode() != 404) {
            expect(204, answer);
        }
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        String next = "";
        do {
            HttpResponse<String> page = sendUnchecked("GET", bucket.list(next));
            expect(200, page);
            for (Matcher keys = KEY.matcher(page.body()); keys.find(); ) {
                String name = keys.group(1).substring(keys.group(1).lastIndexOf('/') + 1);
                if (name.length() == NAME) {
                    names.add(name);
                }
            }
            Matcher token = NEXT.matcher(page.body());
            next = token.find() ? token.group(1) : "";
        } while (!next.isEmpty());
        return names;
    }

    private static boolean expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new UncheckedIOException(new IOException("The store of blobs answers " + answer.statusCode() + " to "
                    + answer.request().method() + ' ' + answer.uri().getPath() + ": " + answer.body()));
        }
        return true;
    }

    private HttpResponse<String> sendUnchecked(String method, URI uri) {
        try {
            BodyPublisher none = BodyPublishers.noBody();
            return send(bucket.signed(method, uri, none, Digests.EMPTY_SHA256), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request, more than once where the store is out of sorts.
    private <B> HttpResponse<B> send(HttpRequest.Builder request, BodyHandler<B> handler) throws IOException {
        try {
            for (int tries = 1; tries < MOST_TRIES; tries++) {
                HttpResponse<B> answer = client.send(request.build(), handler);
                if (answer.statusCode() < 500) {
                    return answer;
                }
                LockSupport.parkNanos(BETWEEN_TRIES << tries);
            }
            return client.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while asking the store of blobs", e);
        }
    }

    /// The bucket that `url` names, with credentials from there or from the environment.
    static BlobBucket at(String url, Map<String, String> environment) {
        return new BlobBucket(BucketUrl.parse(url, environment));
    }
}
