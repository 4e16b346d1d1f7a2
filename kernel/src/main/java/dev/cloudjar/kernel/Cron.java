package dev.cloudjar.kernel;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// AWS's cron expressions: minutes, hours, day of month, month, day of week, year, in UTC. One of the two days
/// is a question mark.
public final class Cron {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;
    private static final int FIELDS = 6;

    private final BitSet minutes;
    private final BitSet hours;
    private final String dayOfMonth;
    private final BitSet months;
    private final String dayOfWeek;
    private final BitSet years;

    private Cron(String[] fields) {
        this.minutes = set(fields[0], 0, 59, List.of());
        this.hours = set(fields[1], 0, 23, List.of());
        this.dayOfMonth = fields[2];
        this.months = set(fields[3], 1, 12, MONTHS);
        this.dayOfWeek = fields[4];
        this.years = set(fields[5], FIRST_YEAR, LAST_YEAR, List.of());
    }

    /// What stands within `cron(...)`; nothing where that is no expression.
    public static Optional<Cron> parse(String text) {
        String[] fields = text.strip().toUpperCase(Locale.ROOT).split("\\s+");
        if (fields.length != FIELDS || fields[2].equals("?") == fields[4].equals("?")) {
            return Optional.empty();
        }
        try {
            var cron = new Cron(fields);
            LocalDate probe = LocalDate.of(2000, 1, 1);
            cron.isOn(probe);
            return Optional.of(cron);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /// The hours and minutes at which something is due, as far as the days allow it.
    public boolean isOnFullHours() {
        return minutes.cardinality() == 1 && minutes.get(0);
    }

    /// The first time after `from`; nothing where there is none.
    public Optional<LocalDateTime> after(LocalDateTime from) {
        LocalDateTime start = from.withSecond(0).withNano(0).plusMinutes(1);
        for (LocalDate day = start.toLocalDate(); day.getYear() <= LAST_YEAR; day = day.plusDays(1)) {
            if (!years.get(day.getYear()) || !months.get(day.getMonthValue())) {
                day = day.with(TemporalAdjusters.lastDayOfMonth());
                continue;
            }
            if (isOn(day)) {
                LocalDateTime earliest = day.equals(start.toLocalDate()) ? start : day.atStartOfDay();
                Optional<LocalDateTime> found = on(day, earliest);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// The same of an instant.
    public Optional<Instant> after(Instant from) {
        return after(LocalDateTime.ofInstant(from, ZoneOffset.UTC)).map(found -> found.toInstant(ZoneOffset.UTC));
    }

    private Optional<LocalDateTime> on(LocalDate day, LocalDateTime earliest) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                LocalDateTime at = day.atTime(hour, minute);
                if (!at.isBefore(earliest)) {
                    return Optional.of(at);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOn(LocalDate day) {
        return dayOfMonth.equals("?") ? isOnDayOfWeek(day) : isOnDayOfMonth(day);
    }

    private boolean isOnDayOfMonth(LocalDate day) {
        int last = YearMonth.from(day).lengthOfMonth();
        if (dayOfMonth.equals("L")) {
            return day.getDayOfMonth() == last;
        }
        if (dayOfMonth.endsWith("W")) {
            int wanted = number(dayOfMonth.substring(0, dayOfMonth.length() - 1), List.of(), 0);
            return day.equals(nearestWeekday(day.withDayOfMonth(Math.min(wanted, last))));
        }
        return set(dayOfMonth, 1, 31, List.of()).get(day.getDayOfMonth());
    }

    /// The working day nearest to `day` in the same month.
    private static LocalDate nearestWeekday(LocalDate day) {
        return switch (day.getDayOfWeek()) {
            case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
            case SUNDAY ->
                day.equals(day.with(TemporalAdjusters.lastDayOfMonth())) ? day.minusDays(2) : day.plusDays(1);
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
        };
    }

    private boolean isOnDayOfWeek(LocalDate day) {
        int today =
                day.getDayOfWeek() == DayOfWeek.SUNDAY ? 1 : day.getDayOfWeek().getValue() + 1;
        int hash = dayOfWeek.indexOf('#');
        if (hash > 0) {
            int week = (day.getDayOfMonth() - 1) / 7 + 1;
            return number(dayOfWeek.substring(0, hash), DAYS, 1) == today
                    && number(dayOfWeek.substring(hash + 1), List.of(), 0) == week;
        }
        if (dayOfWeek.endsWith("L") && dayOfWeek.length() > 1) {
            int wanted = number(dayOfWeek.substring(0, dayOfWeek.length() - 1), DAYS, 1);
            return wanted == today && day.plusDays(7).getMonth() != day.getMonth();
        }
        return dayOfWeek.equals("L") ? today == 7 : set(dayOfWeek, 1, 7, DAYS).get(today);
    }

    /// The numbers that a field names.
    private static BitSet set(String field, int min, int max, List<String> names) {
        var set = new BitSet();
        for (String part : field.split(",")) {
            int slash = part.indexOf('/');
            String range = slash < 0 ? part : part.substring(0, slash);
            int step = slash < 0 ? 1 : number(part.substring(slash + 1), List.of(), 0);
            int dash = range.indexOf('-');
            int low = range.equals("*") ? min : number(dash < 0 ? range : range.substring(0, dash), names, 1);
            int high = range.equals("*") || dash < 0 && slash > 0
                    ? max
                    : dash < 0 ? low : number(range.substring(dash + 1), names, 1);
            if (low < min || high > max || low > high || step < 1) {
                throw new IllegalArgumentException(field);
            }
            for (int number = low; number <= high; number += step) {
                set.set(number);
            }
        }
        return set;
    }

    private static int number(String text, List<String> names, int first) {
        int name = names.indexOf(text);
        return name < 0 ? Integer.parseInt(text) : name + first;
    }
}
