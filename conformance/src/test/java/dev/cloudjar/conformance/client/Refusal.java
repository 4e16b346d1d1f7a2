package dev.cloudjar.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.cloudjar.model.Protocol;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// An error as a client of its protocol understands it.
public record Refusal(int status, String code, String message) {
    /// Reads `answer`, which must be in the very form that `protocol` has for errors.
    public static Refusal of(Protocol protocol, Answer answer) throws IOException {
        return switch (protocol) {
            case AWS_JSON_1_0, AWS_JSON_1_1 -> tree(answer, new ObjectMapper(), Optional.empty());
            case REST_JSON -> tree(answer, new ObjectMapper(), Optional.of("x-amzn-errortype"));
            case RPC_V2_CBOR -> tree(answer, new ObjectMapper(new CBORFactory()), Optional.empty());
            case AWS_QUERY, EC2_QUERY, REST_XML -> xml(answer);
        };
    }

    private static Refusal tree(Answer answer, ObjectMapper mapper, Optional<String> header) throws IOException {
        JsonNode document = mapper.readTree(answer.body());
        String type = header.map(answer::field)
                .orElseGet(() -> document.path("__type").asText());
        String code = type.substring(type.indexOf('#') + 1);
        int colon = code.indexOf(':');
        String message =
                document.path("message").asText(document.path("Message").asText());
        return new Refusal(answer.status(), colon < 0 ? code : code.substring(0, colon), message);
    }

    private static Refusal xml(Answer answer) throws IOException {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(answer.body()));
            return new Refusal(answer.status(), text(document, "Code"), text(document, "Message"));
        } catch (ParserConfigurationException | SAXException malformed) {
            throw new IOException("not an error in XML: " + answer.text(), malformed);
        }
    }

    private static String text(Document document, String name) {
        NodeList found = document.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
