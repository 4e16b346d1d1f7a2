package dev.cloudjar.app;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A few requests that a new cloud asks itself, so that the JVM learns which classes a start needs and keeps them
/// for the next.
final class Training {
    private record Sample(String target, String body) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample("AmazonSQS.CreateQueue", "{\"QueueName\":\"training\"}"),
            new Sample(
                    "AmazonSQS.SendMessage",
                    "{\"QueueUrl\":\"http://localhost/000000000000/training\",\"MessageBody\":\"hello\"}"),
            new Sample("AmazonSQS.ReceiveMessage", "{\"QueueUrl\":\"http://localhost/000000000000/training\"}"),
            new Sample("AmazonSQS.ListQueues", "{}"),
            new Sample("AmazonSQS.SendMessage", "{}"));

    private static final int ROUNDS = 20;

    private Training() {}

    static void run(int port) throws IOException {
        ask(port, "GET /_localstack/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        form(port, "Action=GetCallerIdentity&Version=2011-06-15");
        for (int i = 0; i < ROUNDS; i++) {
            for (Sample sample : SAMPLES) {
                ask(port, request("application/x-amz-json-1.0", "X-Amz-Target: " + sample.target(), sample.body()));
            }
        }
    }

    private static void form(int port, String body) throws IOException {
        ask(port, request("application/x-www-form-urlencoded", "Accept: */*", body));
    }

    private static String request(String contentType, String header, String body) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: " + contentType + "\r\n"
                + header
                + "\r\nAuthorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request,"
                + " SignedHeaders=host, Signature=0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void ask(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
    }
}
