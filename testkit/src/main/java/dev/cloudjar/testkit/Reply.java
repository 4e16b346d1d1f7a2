package dev.cloudjar.testkit;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// What a cloud answers over HTTP. Whoever reads the body closes it.
record Reply(int status, Map<String, List<String>> headers, InputStream body) {}
