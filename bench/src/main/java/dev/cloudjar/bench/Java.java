package dev.cloudjar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The JVM as the launcher runs it: its flags, and the class paths of the cloud and of this module.
record Java(Path root) {
    static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Dio.netty.jfr.enabled=false",
            "-Djdk.reflect.useNativeAccessorOnly=true",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xlog:aot*=off");

    /// The command that runs the cloud; `more` are flags for the JVM.
    List<String> cloud(List<String> more, List<String> arguments) throws IOException {
        Path app = root.resolve("app/target");
        String classpath = app.resolve("cloudjar.jar") + ":"
                + Files.readString(app.resolve("classpath")).strip();
        return command(more, classpath, "dev.cloudjar.app.Cloudjar", arguments);
    }

    /// The command that runs a bare server of files in `folder`.
    List<String> bareFiles(Path folder) {
        String classpath = System.getProperty("java.class.path");
        return command(List.of(), classpath, BareFiles.class.getName(), List.of(folder.toString()));
    }

    /// DynamoDB Local, whose jars and native library are in one folder.
    List<String> dynamoDbLocal(Path jars, Path data, int port) {
        return command(
                List.of("-Djava.library.path=" + jars, "-Xmx2g"),
                jars + "/*",
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                List.of("-port", Integer.toString(port), "-dbPath", data.toString(), "-disableTelemetry"));
    }

    List<String> bareServer() {
        return command(List.of(), System.getProperty("java.class.path"), BareServer.class.getName(), List.of());
    }

    private static List<String> command(List<String> more, String classpath, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(more);
        command.addAll(List.of("-cp", classpath, main));
        command.addAll(arguments);
        return command;
    }
}
