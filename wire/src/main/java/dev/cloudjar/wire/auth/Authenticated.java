package dev.cloudjar.wire.auth;

import dev.cloudjar.wire.http.HttpRequest;

/// A request whose sender is known, with the body that it meant to send: freed of `aws-chunked` framing, held to
/// its checksums as it is read, and decompressed.
public record Authenticated(Identity identity, HttpRequest request) {}
