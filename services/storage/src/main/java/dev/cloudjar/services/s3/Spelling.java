package dev.cloudjar.services.s3;

import java.nio.charset.StandardCharsets;

/// How a listing writes keys: as they are, or encoded as in a URL for clients whose XML cannot hold every
/// character; and how many it shows.
record Spelling(boolean encoded) {
    private static final int MOST = 1000;
    private static final String HEX = "0123456789ABCDEF";

    static Spelling of(Asked in) {
        String type = in.text("EncodingType").orElse("");
        if (!type.isEmpty() && !type.equals("url")) {
            throw Refusals.argument("Invalid Encoding Method specified in Request", "encoding-type", type);
        }
        return new Spelling(!type.isEmpty());
    }

    /// How many entries a page has, by the member `name`, which is a parameter called `parameter`.
    static int most(Asked in, String name, String parameter) {
        return Math.min(whole(in, name, parameter, MOST), MOST);
    }

    /// A number that is not negative.
    static int whole(Asked in, String name, String parameter, int otherwise) {
        long number = in.number(name).orElse((long) otherwise);
        if (number < 0) {
            throw Refusals.argument(
                    "Argument " + parameter + " must be an integer between 0 and 2147483647",
                    parameter,
                    Long.toString(number));
        }
        return (int) number;
    }

    String of(String key) {
        return encoded ? encode(key) : key;
    }

    private static String encode(String key) {
        int plain = 0;
        while (plain < key.length() && isPlain(key.charAt(plain))) {
            plain++;
        }
        if (plain == key.length()) {
            return key;
        }
        var text = new StringBuilder(key.length() + 16).append(key, 0, plain);
        for (byte each : key.substring(plain).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if (isPlain(c)) {
                text.append(c);
            } else if (c == ' ') {
                text.append('+');
            } else {
                text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.*/".indexOf(c) >= 0;
    }
}
