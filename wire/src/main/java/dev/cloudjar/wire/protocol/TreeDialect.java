package dev.cloudjar.wire.protocol;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.TimestampFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Where JSON and CBOR differ: instants and blobs.
enum TreeDialect {
    JSON {
        @Override
        Instant readTimestamp(JsonParser in, Optional<TimestampFormat> format) throws IOException {
            TimestampFormat expected = format.orElse(TimestampFormat.UNIX);
            JsonToken token = in.currentToken();
            boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
            if (number ? expected != TimestampFormat.UNIX : token != JsonToken.VALUE_STRING) {
                throw TreeReader.unexpected(in, "milliseconds since epoch");
            }
            if (!number && expected == TimestampFormat.UNIX) {
                throw TreeReader.unexpected(in, "milliseconds since epoch");
            }
            return Timestamps.parse(in.getText(), expected);
        }

        @Override
        Blob readBlob(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                throw TreeReader.unexpected(in, "a Blob");
            }
            return Blob.of(in.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
        }

        @Override
        void writeTimestamp(JsonGenerator out, Instant instant, Optional<TimestampFormat> format) throws IOException {
            TimestampFormat wanted = format.orElse(TimestampFormat.UNIX);
            if (wanted != TimestampFormat.UNIX) {
                out.writeString(Timestamps.format(instant, wanted));
            } else if (instant.getNano() == 0) {
                out.writeNumber(instant.getEpochSecond());
            } else {
                out.writeNumber(Timestamps.unix(instant));
            }
        }

        @Override
        void writeBlob(JsonGenerator out, Blob blob) throws IOException {
            out.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, blob.bytes(), 0, blob.size());
        }
    },

    CBOR {
        @Override
        Instant readTimestamp(JsonParser in, Optional<TimestampFormat> format) throws IOException {
            return switch (in.currentToken()) {
                case VALUE_NUMBER_INT -> Timestamps.parse(in.getText(), TimestampFormat.UNIX);
                case VALUE_NUMBER_FLOAT -> Timestamps.ofSeconds(in.getDoubleValue());
                default -> throw TreeReader.unexpected(in, "milliseconds since epoch");
            };
        }

        @Override
        Blob readBlob(JsonParser in) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                throw TreeReader.unexpected(in, "a Blob");
            }
            return Blob.of(in.getBinaryValue());
        }

        /// Tag 1 around a double, as the protocol has it whatever the model says.
        @Override
        void writeTimestamp(JsonGenerator out, Instant instant, Optional<TimestampFormat> format) throws IOException {
            ((CBORGenerator) out).writeTag(1);
            out.writeNumber(instant.getEpochSecond() + instant.getNano() / 1e9);
        }

        @Override
        void writeBlob(JsonGenerator out, Blob blob) throws IOException {
            out.writeBinary(blob.bytes());
        }
    };

    abstract Instant readTimestamp(JsonParser in, Optional<TimestampFormat> format) throws IOException;

    abstract Blob readBlob(JsonParser in) throws IOException;

    abstract void writeTimestamp(JsonGenerator out, Instant instant, Optional<TimestampFormat> format)
            throws IOException;

    abstract void writeBlob(JsonGenerator out, Blob blob) throws IOException;
}
