package dev.cloudjar.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One operation of a service: its HTTP binding, input, output and errors.
public final class OperationSchema {
    /// How the operation sits on HTTP. `uri` holds AWS's template, query part included: `/{Bucket}/{Key+}?acl`.
    public record Http(String method, String uri, int status) {}

    /// What else the model says. `auth` is AWS's auth type (`none`, `v4`, `v4-unsigned-body`, `bearer` …), empty
    /// for plain `v4`; `compressed` is true where clients may gzip the request. AWS marks few operations `readOnly`
    /// or `idempotent`: where it does not, nothing is said.
    public record Facts(
            List<String> auth,
            Optional<String> hostPrefix,
            Optional<Checksum> checksum,
            boolean compressed,
            boolean deprecated,
            boolean idempotent,
            boolean readOnly,
            Optional<Paginator> paginator) {
        public static final Facts PLAIN =
                new Facts(List.of(), Optional.empty(), Optional.empty(), false, false, false, false, Optional.empty());

        public Facts {
            auth = List.copyOf(auth);
        }
    }

    /// The `httpChecksum` trait.
    public record Checksum(
            boolean requestRequired,
            Optional<String> requestAlgorithmMember,
            Optional<String> responseModeMember,
            List<String> responseAlgorithms) {}

    /// The members that make a listing paged, as paths into input and output.
    public record Paginator(
            List<String> inputToken,
            List<String> outputToken,
            Optional<String> limitKey,
            Optional<String> moreResults,
            List<String> resultKeys) {}

    private final ServiceSchema service;
    private final String name;
    private final int index;
    private final Http http;
    private final Facts facts;
    private final Supplier<StructShape> input;
    private final Supplier<StructShape> output;
    private final Supplier<List<StructShape>> errors;
    private final Optional<String> resultWrapper;
    private final Optional<String> inputXmlName;

    /// The shapes of an operation, resolved when first asked for. An operation without input or output has an
    /// empty structure. `resultWrapper` is the query protocol's element around the result; `inputXmlName` the
    /// root element of an XML request where the model names one.
    public record Shapes(
            Supplier<StructShape> input,
            Supplier<StructShape> output,
            Supplier<List<StructShape>> errors,
            Optional<String> resultWrapper,
            Optional<String> inputXmlName) {}

    public OperationSchema(ServiceSchema service, String name, int index, Http http, Facts facts, Shapes shapes) {
        this.service = service;
        this.name = name;
        this.index = index;
        this.http = http;
        this.facts = facts;
        this.input = shapes.input();
        this.output = shapes.output();
        this.errors = shapes.errors();
        this.resultWrapper = shapes.resultWrapper();
        this.inputXmlName = shapes.inputXmlName();
    }

    public ServiceSchema service() {
        return service;
    }

    public String name() {
        return name;
    }

    /// The name of the method of the generated interface: `createQueue`.
    public String methodName() {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /// The position among the service's operations, by which a call is dispatched.
    public int index() {
        return index;
    }

    public Http http() {
        return http;
    }

    public Facts facts() {
        return facts;
    }

    public StructShape input() {
        return input.get();
    }

    public StructShape output() {
        return output.get();
    }

    public List<StructShape> errors() {
        return errors.get();
    }

    public Optional<String> resultWrapper() {
        return resultWrapper;
    }

    public Optional<String> inputXmlName() {
        return inputXmlName;
    }

    @Override
    public String toString() {
        return service.id() + ":" + name;
    }
}
