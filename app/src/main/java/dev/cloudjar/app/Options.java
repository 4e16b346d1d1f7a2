package dev.cloudjar.app;

import dev.cloudjar.kernel.store.Durability;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `cloudjar start` was told: each option on the command line, or else in the environment variable that is
/// named after it (`--realistic-delays`, `CLOUDJAR_REALISTIC_DELAYS`), or else its default.
record Options(
        Address address, Optional<Path> data, Durability durability, Flags flags, Identity identity, Start start) {
    /// Where the front door is; `names` are the host names, besides local ones, by which clients may call it.
    record Address(String host, int port, Set<String> names) {}

    /// What is simply so or not: in an `audit`, refusals by policies are only noted; `services` are the ones to
    /// offer, none for all; `propagation` is how long changes in IAM take to be seen. Signatures age by the real
    /// clock, with `worldlySignatures` by the world's, as all else does.
    record Flags(
            boolean strict,
            boolean realisticDelays,
            boolean throttle,
            boolean train,
            boolean audit,
            Set<String> services,
            Duration propagation,
            boolean worldlySignatures) {}

    /// The account and region of calls that name none.
    record Identity(String account, String region) {}

    /// Where a world begins: the seed of its ids, the time at which its clock stands until it is moved, the
    /// folder of scripts that fill it, and the URLs of a store that it shares with other nodes and of a bucket
    /// for the blobs.
    record Start(
            OptionalLong seed,
            Optional<Instant> clock,
            Optional<Path> init,
            Optional<String> store,
            Optional<String> blobs) {}

    /// A command line that cannot be understood; the message is one sentence for a person.
    static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(message, null, false, false);
        }
    }

    private static final List<String> VALUES = List.of(
            "port",
            "host",
            "data",
            "durability",
            "services",
            "account",
            "region",
            "allowed-hosts",
            "seed",
            "clock",
            "init",
            "iam",
            "iam-propagation",
            "store",
            "blobs");
    private static final List<String> SWITCHES =
            List.of("memory", "strict", "realistic-delays", "throttle", "train", "signatures-by-clock");

    static Options parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = commandLine(arguments);
        Function<String, Optional<String>> option = name -> Optional.ofNullable(given.get(name))
                .or(() -> Optional.ofNullable(environment.get(
                        "CLOUDJAR_" + name.toUpperCase(Locale.ROOT).replace('-', '_'))))
                .filter(value -> !value.isEmpty());
        Function<String, Boolean> on =
                name -> option.apply(name).map(value -> truth(name, value)).orElse(false);
        boolean memory = on.apply("memory");
        if (memory && (given.containsKey("data") || given.containsKey("store"))) {
            throw new Misuse("--memory keeps nothing, so it cannot be used with --data or --store.");
        }
        return new Options(
                new Address(
                        option.apply("host").orElse("127.0.0.1"),
                        port(option.apply("port").orElse("4566")),
                        names(option.apply("allowed-hosts"))),
                memory
                        ? Optional.empty()
                        : Optional.of(Path.of(option.apply("data").orElse("./.cloudjar"))),
                durability(option.apply("durability").orElse("os")),
                new Flags(
                        on.apply("strict"),
                        on.apply("realistic-delays"),
                        on.apply("throttle"),
                        on.apply("train"),
                        audit(option.apply("iam").orElse("enforced")),
                        names(option.apply("services")),
                        propagation(option.apply("iam-propagation").orElse("0s")),
                        on.apply("signatures-by-clock")),
                new Identity(
                        account(option.apply("account").orElse("000000000000")),
                        region(option.apply("region").orElse("us-east-1"))),
                new Start(
                        seed(option.apply("seed")),
                        option.apply("clock").map(Options::clock),
                        option.apply("init").map(Path::of),
                        option.apply("store").map(Options::url),
                        option.apply("blobs").map(text -> blobs(text, option.apply("store")))));
    }

    private static String url(String text) {
        if (!text.startsWith("jdbc:postgresql:")) {
            throw new Misuse("--store is a URL like jdbc:postgresql://host/database, not '" + text + "'.");
        }
        return text;
    }

    private static String blobs(String text, Optional<String> store) {
        if (store.isEmpty()) {
            throw new Misuse("--blobs is for a cloud whose rows are elsewhere too, with --store.");
        }
        return text;
    }

    /// The same for a cloud on another port that keeps nothing by itself.
    Options at(int port) {
        var other = new Address(address.host(), port, address.names());
        return new Options(other, data, durability, flags, identity, start);
    }

    /// Those of a cloud in memory, on any free port unless one is named, whatever the environment says.
    static Options inMemory(List<String> arguments) {
        Stream<String> common = Stream.of("--memory", "--port", "0");
        return parse(Stream.concat(common, arguments.stream()).toList(), Map.of());
    }

    private static Map<String, String> commandLine(List<String> arguments) {
        var given = new LinkedHashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name =
                    !argument.startsWith("--") ? "" : argument.substring(2, equals < 0 ? argument.length() : equals);
            if (SWITCHES.contains(name)) {
                given.put(name, equals < 0 ? "true" : argument.substring(equals + 1));
            } else if (VALUES.contains(name)) {
                if (equals < 0 && i + 1 == arguments.size()) {
                    throw new Misuse("--" + name + " needs a value.");
                }
                given.put(name, equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
            } else {
                throw new Misuse("There is no option " + argument + "; './cloudjar start --help' lists them.");
            }
        }
        return given;
    }

    private static boolean truth(String name, String value) {
        return switch (value) {
            case "1", "true", "yes", "on" -> true;
            case "0", "false", "no", "off" -> false;
            default -> throw new Misuse("--" + name + " is on or off, not '" + value + "'.");
        };
    }

    private static boolean audit(String mode) {
        if (!mode.equals("audit") && !mode.equals("enforced")) {
            throw new Misuse("--iam is 'enforced' or 'audit', not '" + mode + "'.");
        }
        return mode.equals("audit");
    }

    private static Duration propagation(String text) {
        try {
            Duration length = Duration.parse("PT" + text);
            if (!length.isNegative()) {
                return length;
            }
        } catch (DateTimeParseException notALength) {
            throw new Misuse("--iam-propagation is a length of time such as 10s or 1m, not '" + text + "'.");
        }
        throw new Misuse("--iam-propagation is not negative, as '" + text + "' is.");
    }

    private static int port(String text) {
        boolean number = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(Character::isDigit);
        if (!number || Integer.parseInt(text) > 65535) {
            throw new Misuse("--port is a number from 0 to 65535, not '" + text + "'.");
        }
        return Integer.parseInt(text);
    }

    private static Durability durability(String text) {
        return switch (text) {
            case "os" -> Durability.OS;
            case "fsync" -> Durability.FSYNC;
            default -> throw new Misuse("--durability is 'os' or 'fsync', not '" + text + "'.");
        };
    }

    private static String account(String text) {
        if (text.length() != 12 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Misuse("--account is twelve digits, not '" + text + "'.");
        }
        return text;
    }

    private static String region(String text) {
        if (!text.matches("[a-z]{2,4}(-[a-z]+)+-\\d{1,2}")) {
            throw new Misuse("--region is the name of a region such as us-east-1, not '" + text + "'.");
        }
        return text;
    }

    private static OptionalLong seed(Optional<String> text) {
        try {
            return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
        } catch (NumberFormatException notANumber) {
            throw new Misuse("--seed is a whole number, not '" + text.get() + "'.");
        }
    }

    private static Instant clock(String text) {
        try {
            return ClockApi.within(Instant.parse(text));
        } catch (DateTimeException | IllegalArgumentException notATime) {
            throw new Misuse("--clock is a time such as 2026-01-31T12:00:00Z, not '" + text + "'.");
        }
    }

    private static Set<String> names(Optional<String> list) {
        return list.stream()
                .flatMap(text -> Stream.of(text.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
