package dev.cloudjar.model.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloudjar.model.ListShape;
import dev.cloudjar.model.Schemas;
import dev.cloudjar.model.ServiceSchema;
import dev.cloudjar.model.Shape;
import dev.cloudjar.model.Struct;
import dev.cloudjar.model.StructShape;
import dev.cloudjar.model.digest.DigestText;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A binary schema is small, and nothing in it is built before it is asked for.
class BinarySchemaTest {
    private static final String TREE = """
            service trees
              protocols json
            operation Plant POST /
              input Tree
            waiter Grown Plant delay=5 attempts=3
              success path tall argument=Height
            list Branches Tree
            structure Tree
              Branches Branches
            integer Height
            """;

    @Test
    void aShapeMayContainItself() {
        StructShape tree = open(compile()).structure("Tree");

        assertThat(tree.members().getFirst().target())
                .isInstanceOfSatisfying(
                        ListShape.class, list -> assertThat(list.element()).isSameAs(tree));
    }

    @Test
    void waitersAreNotReadBeforeTheyAreAskedFor() {
        byte[] bytes = compile();
        ServiceSchema cut = open(Arrays.copyOf(bytes, bytes.length - 1));

        assertThat(cut.operations()).hasSize(1);
        assertThatThrownBy(cut::waiters).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shapesAreNotReadBeforeTheyAreAskedFor() {
        byte[] bytes = compile();
        byte[] other = SchemaCompiler.compile(DigestText.read(TREE.replace("integer Height", "long Height")));
        byte[] spoiled = bytes.clone();
        spoiled[Arrays.mismatch(bytes, other)] = Byte.MAX_VALUE;

        ServiceSchema service = open(spoiled);

        assertThat(service.operations()).hasSize(1);
        assertThat(service.shape("Tree")).isPresent();
        assertThatThrownBy(() -> service.shape("Height")).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void allThreadsSeeOneShape() {
        ServiceSchema ec2 = Schemas.open("ec2");
        Set<Shape> seen = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 1000).parallel().forEach(i -> seen.add(ec2.structure("Instance")));

        assertThat(seen).hasSize(1);
    }

    @Test
    void theMakerIsToldTheNumberOfTheShape() {
        ServiceSchema service = BinarySchema.open(compile(), (number, shape) -> {
            assertThat(number).isEqualTo(3);
            return new Struct(shape);
        });

        assertThat(service.shapeNames()).containsExactly("Branches", "Height", "PlantResponse", "Tree");
        assertThat(service.structure("Tree").create().shape()).isSameAs(service.structure("Tree"));
    }

    @Test
    void allSchemasTogetherStaySmall() throws IOException, URISyntaxException {
        URL catalog = BinarySchemaTest.class.getResource("/" + SchemaResources.DIRECTORY + SchemaResources.CATALOG);
        assertThat(catalog).isNotNull();
        try (Stream<Path> files = Files.walk(Path.of(catalog.toURI()).getParent())) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
            assertThat(bytes).isLessThan(2L << 20);
        }
    }

    private static byte[] compile() {
        return SchemaCompiler.compile(DigestText.read(TREE));
    }

    private static ServiceSchema open(byte[] bytes) {
        return BinarySchema.open(bytes, (number, shape) -> new Struct(shape));
    }
}
