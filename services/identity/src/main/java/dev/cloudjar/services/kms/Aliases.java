package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Aliases of keys; among them those of AWS's own keys, which are made when somebody first needs them.
final class Aliases implements Kms {
    private static final int MOST_LISTED = 50;
    private static final int MOST_OF_ONE_KEY = 50;
    private static final String HELP = "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";

    /// The services that have a key of their own in every account, as far as AWS names them.
    private static final Set<String> PREDEFINED = Set.of(
            "acm",
            "backup",
            "cloud9",
            "codeartifact",
            "codecommit",
            "connect",
            "dms",
            "docdb",
            "dynamodb",
            "ebs",
            "elasticache",
            "elasticfilesystem",
            "es",
            "fsx",
            "glue",
            "kinesis",
            "kinesisvideo",
            "lambda",
            "lex",
            "lightsail",
            "mq",
            "qldb",
            "rds",
            "redshift",
            "s3",
            "secretsmanager",
            "sns",
            "sqs",
            "ssm",
            "timestream",
            "workspaces",
            "xray");

    private final Kernel kernel;
    private final KeyRing ring;
    private final Table<String, Alias> aliases;

    Aliases(Kernel kernel, KeyRing ring) {
        this.kernel = kernel;
        this.ring = ring;
        this.aliases = kernel.table(Alias.class);
    }

    @Override
    public CreateAliasResponse createAlias(CreateAliasRequest in) {
        String name = in.aliasName();
        checkName(name);
        Key key = ring.alive(in.targetKeyId());
        if (aliases.has(name)) {
            throw ALREADY_EXISTS_EXCEPTION.because("An alias with the name %s already exists", arn(name));
        }
        checkLimit(key);
        Instant now = kernel.time().now();
        aliases.put(new Alias(name, key.id(), now, now));
        return new CreateAliasResponse();
    }

    private static void checkName(String name) {
        if (!name.startsWith(Alias.PREFIX)) {
            throw Refusals.INVALID.because("Alias must start with the prefix \"alias/\". Please see %s", HELP);
        }
        if (name.length() == Alias.PREFIX.length()) {
            throw Refusals.INVALID.because("Alias must not be empty. Please see %s", HELP);
        }
        if (name.indexOf(':') >= 0) {
            throw Refusals.INVALID.because("%s contains invalid characters for an alias. Please see %s", name, HELP);
        }
        if (name.startsWith(Alias.OF_AWS)) {
            throw Refusals.unauthorized(arn(name));
        }
    }

    private void checkLimit(Key key) {
        if (of(alias -> alias.target().equals(key.id())).size() >= MOST_OF_ONE_KEY) {
            throw LIMIT_EXCEEDED_EXCEPTION.because(
                    "The key %s has as many aliases as it may have: %d", ring.arn(key), MOST_OF_ONE_KEY);
        }
    }

    @Override
    public UpdateAliasResponse updateAlias(UpdateAliasRequest in) {
        checkName(in.aliasName());
        Alias alias = find(in.aliasName());
        Key target = ring.alive(in.targetKeyId());
        ring.shelf().find(alias.target()).ifPresent(old -> {
            if (old.nature().spec().family() != target.nature().spec().family() && !areAlike(old, target)
                    || old.nature().usage() != target.nature().usage()) {
                throw Refusals.INVALID.because(
                        "Alias %s cannot be moved to a key of another type or usage: %s",
                        in.aliasName(), ring.arn(target));
            }
        });
        if (!alias.target().equals(target.id())) {
            checkLimit(target);
        }
        aliases.put(new Alias(
                alias.key(), target.id(), alias.created(), kernel.time().now()));
        return new UpdateAliasResponse();
    }

    /// Asymmetric keys may take each other's place whatever their specs.
    private static boolean areAlike(Key one, Key other) {
        return !one.nature().spec().isSymmetric() && !other.nature().spec().isSymmetric();
    }

    @Override
    public DeleteAliasResponse deleteAlias(DeleteAliasRequest in) {
        checkName(in.aliasName());
        aliases.remove(find(in.aliasName()).key());
        return new DeleteAliasResponse();
    }

    private Alias find(String name) {
        return aliases.find(name).orElseThrow(() -> NOT_FOUND_EXCEPTION.because("Alias %s is not found.", arn(name)));
    }

    private static String arn(String name) {
        return Arn.here(KmsService.ID, name).toString();
    }

    @Override
    public ListAliasesResponse listAliases(ListAliasesRequest in) {
        Optional<String> target = in.keyId().map(name -> ring.get(name).id());
        Page<AliasListEntry> page = kernel.tokens()
                .page(
                        KeyLife.paging(in.limit(), MOST_LISTED, in.marker()),
                        target.orElse(""),
                        start -> listed(target)
                                .dropWhile(
                                        alias -> start.filter(at -> alias.key().compareTo(at) < 0)
                                                .isPresent()),
                        Alias::key)
                .map(Aliases::told);
        return new ListAliasesResponse()
                .aliases(page.items())
                .truncated(page.next().isPresent())
                .nextMarker(page.next());
    }

    /// The aliases of a key, or all, among them those of AWS that have no key yet.
    private Stream<Alias> listed(Optional<String> target) {
        if (target.isPresent()) {
            return of(alias -> alias.target().equals(target.get())).stream();
        }
        Stream<Alias> waiting = PREDEFINED.stream()
                .map(service -> Alias.OF_AWS + service)
                .filter(name -> !aliases.has(name))
                .map(name -> new Alias(name, "", Instant.EPOCH, Instant.EPOCH));
        return Stream.concat(of(_ -> true).stream(), waiting).sorted(Comparator.comparing(Alias::key));
    }

    private static AliasListEntry told(Alias alias) {
        var told = new AliasListEntry().aliasName(alias.key()).aliasArn(arn(alias.key()));
        return alias.target().isEmpty()
                ? told
                : told.targetKeyId(alias.target()).creationDate(alias.created()).lastUpdatedDate(alias.updated());
    }

    private List<Alias> of(Predicate<Alias> which) {
        return aliases.rows(Span.ALL).filter(which).toList();
    }

    /// The key behind an alias, where there is one.
    Optional<Arn> targetOf(String alias) {
        return aliases.find(alias).map(found -> ring.shelf().arn(found.target()));
    }

    /// The key that an id, an alias or the ARN of either names, whether it is there or not.
    Optional<Arn> keyOf(String name) {
        Call call = Call.current();
        Arn arn = Arn.parse(name)
                .filter(named ->
                        named.service().equals(KmsService.ID) && named.region().equals(call.region()))
                .orElseGet(() -> Arn.here(KmsService.ID, name.startsWith(Alias.PREFIX) ? name : "key/" + name));
        return KeyRing.aliasIn(arn.resource()).isEmpty()
                ? Optional.of(arn)
                : call.in(arn.account()).run(() -> targetOf(arn.resource()));
    }

    void forget(String keyId) {
        of(alias -> alias.target().equals(keyId)).forEach(alias -> aliases.remove(alias.key()));
    }

    /// Makes the AWS managed key behind `name` where that is one of the aliases that AWS has in every account.
    void makePredefined(String name) {
        KeyRing.aliasIn(name)
                .filter(alias -> alias.startsWith(Alias.OF_AWS))
                .filter(alias -> PREDEFINED.contains(alias.substring(Alias.OF_AWS.length())))
                .ifPresent(this::make);
    }

    /// Makes the AWS managed key of a service, unless it is there.
    void make(String alias) {
        if (aliases.has(alias)) {
            return;
        }
        String service = alias.substring(Alias.OF_AWS.length());
        Instant now = kernel.time().now();
        var nature = new Key.Nature(Spec.SYMMETRIC_DEFAULT, Spec.Usage.ENCRYPT_DECRYPT, OriginType.AWS_KMS, true, now);
        var creation = new Creation(
                nature,
                "Default key that protects my data when no other key is defined for " + service,
                KeyPolicies.ofService(service),
                false);
        Key key = creation.carryOut(kernel, ring, Optional.empty(), Map.of());
        aliases.put(new Alias(alias, key.id(), now, now));
    }
}
