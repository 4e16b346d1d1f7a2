package dev.cloudjar.services.kms;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.ResourcePolicy;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.Blob;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// AWS KMS: real cryptography with keys that never leave the world's vault in the clear.
///
/// A key is a row in its region, its materials are rows beside it, and all that happens to it by itself,
/// rotation, expiry and deletion, stands in the agenda.
public final class KmsService implements Service {
    static final String ID = "kms";

    private final KeyRing ring;
    private final Aliases aliases;
    private final Grants grants;
    private final Rotations rotations;
    private final Imports imports;
    private final KeyLife life;
    private final List<Api> parts;
    private final ServiceKeys keys;
    private final KeyAccess access;

    public KmsService(Kernel kernel) {
        this.ring = new KeyRing(kernel);
        this.aliases = new Aliases(kernel, ring);
        this.grants = new Grants(kernel, ring);
        this.rotations = new Rotations(kernel, ring);
        this.imports = new Imports(kernel, ring);
        this.life = new KeyLife(kernel, ring, aliases, rotations, grants);
        var use = new Use(kernel, ring, grants);
        var encryption = new Encryption(kernel, ring, use);
        this.access = new KeyAccess(kernel, ring, aliases, grants);
        this.keys = new ServiceKeys(kernel, ring, encryption, aliases, access);
        this.parts = List.of(
                life,
                aliases,
                grants,
                rotations,
                imports,
                new Replicas(kernel, ring),
                new KeyPolicies(ring),
                new KeyTags(kernel, ring),
                use,
                encryption,
                new DataKeys(kernel, ring, use, encryption),
                new Signatures(ring, use, grants),
                new KeyStores());
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    /// The key that a request is about, by whatever it is called, in the account to which it belongs.
    @Override
    public Optional<Arn> home(OperationSchema operation, Struct input) {
        return text(input, "DestinationKeyId")
                .or(() -> text(input, "TargetKeyId"))
                .or(() -> text(input, "KeyId"))
                .flatMap(aliases::keyOf)
                .or(() -> text(input, "GrantToken").flatMap(grants::keyOf))
                .or(() -> Optional.ofNullable(input.get("CiphertextBlob"))
                        .flatMap(blob -> Header.of((Blob) blob))
                        .map(KmsService::key));
    }

    private static Optional<String> text(Struct input, String member) {
        return Optional.ofNullable((String) input.get(member));
    }

    static Arn key(Header header) {
        Arn here = Arn.here(ID, "key/" + header.keyId());
        return here.in(here.region(), header.account());
    }

    @Override
    public Map<String, Consumer<String>> tasks() {
        return Map.of(
                KeyLife.DELETE,
                life::delete,
                Rotations.ROTATE,
                rotations::rotateWhenDue,
                Imports.EXPIRE,
                imports::expire);
    }

    @Override
    public List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        return access.wants(operation, input, reference);
    }

    @Override
    public Optional<ResourcePolicy> policy(Arn resource) {
        return access.policy(resource);
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(Key.KIND);
    }

    @Override
    public <P> P port(Class<P> port) {
        return port.cast(keys);
    }
}
