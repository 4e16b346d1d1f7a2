package dev.cloudjar.wire.form;

import dev.cloudjar.model.Blob;
import dev.cloudjar.model.Body;
import dev.cloudjar.wire.auth.PostForm;
import dev.cloudjar.wire.auth.S3Error;
import dev.cloudjar.wire.http.Headers;
import dev.cloudjar.wire.http.HttpRequest;
import dev.cloudjar.wire.http.HttpResponse;
import dev.cloudjar.wire.protocol.TagDocument;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One upload by a form: the PUT that it stands for, and the answer that its fields ask for.
public record FormUpload(String bucket, String key, PostForm form, FormReader.Form read) {
    private static final Map<String, String> HEADERS = Map.of(
            "acl", "x-amz-acl",
            "cache-control", "Cache-Control",
            "content-type", "Content-Type",
            "content-disposition", "Content-Disposition",
            "content-encoding", "Content-Encoding",
            "expires", "Expires");

    /// Reads the fields of the form that `request` brings to `bucket`.
    public static FormUpload of(HttpRequest request, String bucket) throws IOException {
        String type = request.headers().get("Content-Type").orElse("");
        FormReader.Form read = FormReader.read(request.body().open(), type);
        String key = Optional.ofNullable(read.fields().get("key")).orElseThrow(FormUpload::noKey);
        String named = key.replace("${filename}", read.filename());
        return new FormUpload(bucket, named, new PostForm(read.fields(), bucket), read);
    }

    private static RuntimeException noKey() {
        return S3Error.of(
                        "InvalidArgument",
                        400,
                        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the"
                                + " fields.")
                .with("ArgumentName", "key")
                .with("ArgumentValue", "")
                .toError();
    }

    /// The request that puts the object: the fields as headers, the file as its body.
    public HttpRequest put(HttpRequest request) {
        var headers = new Headers();
        read.fields().forEach((name, value) -> {
            String header = HEADERS.get(name);
            if (name.equals("tagging")) {
                headers.add("x-amz-tagging", TagDocument.asHeader(value));
            } else if (header != null) {
                headers.add(header, value);
            } else if (name.startsWith("x-amz-") && !isSignature(name)) {
                headers.add(name, value);
            }
        });
        InputStream file = form.policy()
                .<InputStream>map(policy -> new MeteredStream(read.file(), policy))
                .orElse(read.file());
        return new HttpRequest(
                "POST",
                request.host(),
                request.path(),
                "",
                headers,
                Body.of(OptionalLong.empty(), file),
                request.peer());
    }

    private static boolean isSignature(String name) {
        return switch (name) {
            case "x-amz-signature", "x-amz-credential", "x-amz-algorithm", "x-amz-date", "x-amz-security-token" -> true;
            default -> false;
        };
    }

    /// The answer to the form, once the object is there.
    public HttpResponse answer(HttpRequest request, HttpResponse put) {
        String etag = put.headers().get("ETag").orElse("");
        Optional<String> redirect = Optional.ofNullable(read.fields().get("success_action_redirect"))
                .or(() -> Optional.ofNullable(read.fields().get("redirect")))
                .filter(url -> url.startsWith("http://") || url.startsWith("https://"));
        if (redirect.isPresent()) {
            String mark = redirect.get().contains("?") ? "&" : "?";
            put.headers()
                    .set(
                            "Location",
                            redirect.get() + mark + "bucket=" + coded(bucket) + "&key=" + coded(key) + "&etag="
                                    + coded(etag));
            return new HttpResponse(303, put.headers(), Body.of(Blob.EMPTY));
        }
        String scheme = request.peer().secure() ? "https://" : "http://";
        String location = scheme + request.host() + '/' + bucket + '/' + coded(key);
        put.headers().set("Location", location);
        return switch (read.fields().getOrDefault("success_action_status", "204")) {
            case "200" -> new HttpResponse(200, put.headers(), Body.of(Blob.EMPTY));
            case "201" -> created(put, location, etag);
            default -> new HttpResponse(204, put.headers(), Body.of(Blob.EMPTY));
        };
    }

    private HttpResponse created(HttpResponse put, String location, String etag) {
        String document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>" + escaped(location)
                + "</Location><Bucket>" + escaped(bucket) + "</Bucket><Key>" + escaped(key) + "</Key><ETag>"
                + escaped(etag) + "</ETag></PostResponse>";
        put.headers().set("Content-Type", "application/xml");
        return new HttpResponse(201, put.headers(), Body.of(Blob.of(document)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String coded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }
}
