package dev.cloudjar.services.ec2;

import java.net.Inet6Address;
import java.util.Optional;

/// Blocks of IPv6 addresses, spelled as RFC 5952 has it: lower case, without leading zeros, the longest run of
/// zeros left out.
final class Ipv6Cidr {
    private static final int GROUPS = 8;
    private static final int BITS = 128;

    private Ipv6Cidr() {}

    /// The block that `text` names, from its first address on.
    static Optional<String> parse(String text) {
        int slash = text.indexOf('/');
        String bits = text.substring(slash + 1);
        boolean number = slash > 0
                && !bits.isEmpty()
                && bits.length() <= 3
                && bits.chars().allMatch(Character::isDigit);
        if (!number || Integer.parseInt(bits) > BITS || text.indexOf(':') < 0 || text.indexOf('%') >= 0) {
            return Optional.empty();
        }
        try {
            byte[] address = Inet6Address.ofLiteral(text.substring(0, slash)).getAddress();
            int prefix = Integer.parseInt(bits);
            return address.length == 16
                    ? Optional.of(spelled(masked(address, prefix)) + '/' + prefix)
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static int[] masked(byte[] address, int prefix) {
        int[] groups = new int[GROUPS];
        for (int bit = 0; bit < prefix; bit++) {
            boolean set = (address[bit / 8] >> (7 - bit % 8) & 1) == 1;
            groups[bit / 16] |= set ? 1 << (15 - bit % 16) : 0;
        }
        return groups;
    }

    private static String spelled(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
