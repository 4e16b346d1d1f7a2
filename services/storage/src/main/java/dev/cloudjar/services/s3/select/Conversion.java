package dev.cloudjar.services.s3.select;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/// `CAST`: values made into those of another type.
enum Conversion {
    BOOL {
        @Override
        Object convert(Object value) {
            return switch (value) {
                case Boolean bool -> bool;
                case BigDecimal number -> number.signum() != 0;
                case String text when text.equalsIgnoreCase("true") -> true;
                case String text when text.equalsIgnoreCase("false") -> false;
                default -> throw Fault.CAST_FAILED.error();
            };
        }
    },
    INT {
        @Override
        Object convert(Object value) {
            BigInteger whole = number(value).setScale(0, RoundingMode.DOWN).toBigInteger();
            if (whole.bitLength() >= Long.SIZE) {
                throw Fault.INTEGER_OVERFLOW.error();
            }
            return new BigDecimal(whole);
        }
    },
    FLOAT {
        @Override
        Object convert(Object value) {
            BigDecimal number = number(value);
            return number.scale() < 1 ? number.setScale(1) : number;
        }
    },
    DECIMAL {
        @Override
        Object convert(Object value) {
            return number(value);
        }
    },
    STRING {
        @Override
        Object convert(Object value) {
            return text(value);
        }
    },
    TIMESTAMP {
        @Override
        Object convert(Object value) {
            return switch (value) {
                case Timestamp timestamp -> timestamp;
                case String text -> Timestamp.parse(text);
                default -> throw Fault.CAST_FAILED.error();
            };
        }
    };

    abstract Object convert(Object value);

    /// The value as this type; what is absent stays so.
    final Object of(Object value) {
        return value instanceof Absent ? value : convert(value);
    }

    /// The type that a query names.
    static Conversion named(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "BOOL", "BOOLEAN" -> BOOL;
            case "INT", "INTEGER" -> INT;
            case "FLOAT", "REAL", "DOUBLE" -> FLOAT;
            case "DECIMAL", "NUMERIC" -> DECIMAL;
            case "STRING", "VARCHAR", "CHAR", "CHARACTER" -> STRING;
            case "TIMESTAMP" -> TIMESTAMP;
            default -> throw Fault.EXPECTED_TYPE_NAME.error();
        };
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case Boolean bool -> bool ? BigDecimal.ONE : BigDecimal.ZERO;
            default -> numeric(value).orElseThrow(Fault.CAST_FAILED::error);
        };
    }

    /// The number that a value is or spells.
    static Optional<BigDecimal> numeric(Object value) {
        return switch (value) {
            case BigDecimal number -> Optional.of(number);
            case String text -> spelled(text.strip());
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> spelled(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    /// How a value reads.
    static String text(Object value) {
        return switch (value) {
            case Absent _ -> "";
            case BigDecimal number -> number.scale() < 0 ? number.toPlainString() : number.toString();
            default -> value.toString();
        };
    }
}
