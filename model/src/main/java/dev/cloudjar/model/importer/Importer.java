package dev.cloudjar.model.importer;

import dev.cloudjar.model.digest.Digest;
import dev.cloudjar.model.digest.DigestFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The program behind `cloudjar models import`: writes the digest of every service in `services.txt` anew.
///
/// Arguments: a `botocore/data` directory; then, optional, the jar `aws-java-sdk-models` for the services that
/// botocore has dropped (without it their digests stay as they are); then, optional, the directory of digests.
public final class Importer {
    private static final Path DIGESTS = Path.of("model", "src", "main", "digests");

    private final BotocoreData data;
    private final Optional<RetiredModels> retired;
    private final DigestFiles digests;

    Importer(Path data, Optional<Path> retired, Path digests) {
        this.data = new BotocoreData(data);
        this.retired = retired.map(RetiredModels::new);
        this.digests = new DigestFiles(digests);
    }

    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 3) {
            throw new IllegalArgumentException("Usage: <botocore/data> [<aws-java-sdk-models.jar>] [<digests>]");
        }
        Optional<Path> jar = args.length > 1 ? Optional.of(Path.of(args[1])) : Optional.empty();
        int count = new Importer(Path.of(args[0]), jar, args.length > 2 ? Path.of(args[2]) : DIGESTS).run();
        System.out.println("Imported " + count + " services");
    }

    int run() throws IOException {
        int count = 0;
        for (String id : digests.ids()) {
            Optional<Digest> digest = find(id);
            if (digest.isPresent()) {
                digests.write(digest.get());
                count++;
            }
        }
        return count;
    }

    private Optional<Digest> find(String id) throws IOException {
        Optional<Digest> today = data.digest(id);
        return today.isEmpty() && retired.isPresent() ? retired.get().digest(id) : today;
    }
}
