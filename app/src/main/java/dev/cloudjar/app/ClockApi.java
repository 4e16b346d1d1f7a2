package dev.cloudjar.app;

import dev.cloudjar.kernel.World;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// `GET` and `POST /_cloudjar/clock`: what time it is in the world, and moving it.
///
/// The body of a POST is one of `{"freeze": true}`, `{"set": "2027-01-01T00:00:00Z"}`, `{"advance": "30d"}` (also
/// `90s`,
/// `15m`, `6h` or ISO 8601), `{"scale": 60}`, `{"reset": true}`.
final class ClockApi {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final World world;

    ClockApi(World world) {
        this.world = world;
    }

    Map<String, Object> show() {
        var clock = new LinkedHashMap<String, Object>();
        clock.put("now", world.time().now().toString());
        clock.put("scale", world.time().pace().scale());
        clock.put("frozen", world.time().pace().scale() == 0);
        return clock;
    }

    Map<String, Object> move(Map<String, String> order) {
        if (order.size() != 1) {
            throw new IllegalArgumentException("say one of freeze, set, advance, scale, reset");
        }
        String what = order.keySet().iterator().next();
        String value = order.values().iterator().next();
        try {
            switch (what) {
                case "freeze" -> world.freezeClock();
                case "reset" -> world.resetClock();
                case "set" -> world.setClock(within(Instant.parse(value)));
                case "advance" -> advance(duration(value));
                case "scale" -> world.scaleClock(scale(value));
                default -> throw new IllegalArgumentException("the clock has no '" + what + "'");
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + value + "' is not a time: " + e.getMessage(), e);
        }
        return show();
    }

    private void advance(Duration duration) {
        within(world.time().now().plus(duration));
        world.advanceClock(duration);
    }

    /// Years of four digits: what AWS's formats can write.
    static Instant within(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("the clock goes from " + Instant.EPOCH + " to " + LAST);
        }
        return time;
    }

    private static double scale(String value) {
        double scale = Double.parseDouble(value);
        if (!(scale >= 0 && scale <= 1e6)) {
            throw new IllegalArgumentException("scale goes from 0 to 1000000");
        }
        return scale;
    }

    static Duration duration(String text) {
        if (!text.matches("\\d{1,9}[smhd]")) {
            return Duration.parse(text);
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
