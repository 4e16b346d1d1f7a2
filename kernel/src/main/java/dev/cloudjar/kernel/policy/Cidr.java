package dev.cloudjar.kernel.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// A range of IPv4 or IPv6 addresses, `203.0.113.0/24`; an address alone is a range of one.
final class Cidr {
    private Cidr() {}

    static boolean holds(String range, String address) {
        int slash = range.indexOf('/');
        byte[] base = bytes(slash < 0 ? range : range.substring(0, slash));
        byte[] asked = bytes(address);
        if (base == null || asked == null || base.length != asked.length) {
            return false;
        }
        int bits = slash < 0 ? base.length * 8 : prefix(range.substring(slash + 1));
        return bits >= 0 && bits <= base.length * 8 && same(base, asked, bits);
    }

    static boolean isRange(String text) {
        int slash = text.indexOf('/');
        byte[] base = bytes(slash < 0 ? text : text.substring(0, slash));
        int bits = slash < 0 ? 0 : prefix(text.substring(slash + 1));
        return base != null && bits >= 0 && bits <= base.length * 8;
    }

    private static int prefix(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(Character::isDigit);
        return number ? Integer.parseInt(digits) : -1;
    }

    private static boolean same(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            if (((one[bit / 8] ^ other[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    /// The bytes of an address written in digits; a name is never looked up.
    private static byte @Nullable [] bytes(String address) {
        boolean digits = !address.isEmpty()
                && address.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0)
                && (address.indexOf(':') >= 0 || address.chars().allMatch(c -> c == '.' || Character.isDigit(c)));
        try {
            return digits ? InetAddress.getByName(address).getAddress() : null;
        } catch (UnknownHostException wrong) {
            return null;
        }
    }
}
