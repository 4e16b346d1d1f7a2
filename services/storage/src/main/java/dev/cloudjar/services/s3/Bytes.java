package dev.cloudjar.services.s3;

/// A stretch of bytes.
record Bytes(long offset, long length) {
    long end() {
        return offset + length;
    }
}
