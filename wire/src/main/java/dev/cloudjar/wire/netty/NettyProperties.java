package dev.cloudjar.wire.netty;

/// The system properties that Netty reads as its classes load: each costs start-up time or throughput unless set.
/// What the user set stays.
final class NettyProperties {
    private NettyProperties() {}

    static void set() {
        // Registering Netty's flight recorder events takes a third of start-up.
        setDefault("io.netty.jfr.enabled", "false");
        // Sampling buffers for leaks costs throughput; the tests track every one.
        setDefault("io.netty.leakDetection.level", "disabled");
        // Channel ids need no machine of their own: finding one asks every network interface.
        setDefault("io.netty.machineId", "02:00:00:00:00:00:00:01");
        setDefault("io.netty.processId", "1");
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
