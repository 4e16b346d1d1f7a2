package dev.cloudjar.services.kms;

import dev.cloudjar.api.Kms;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.PolicyNames;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.services.kms.Grant.Constraint;
import dev.cloudjar.services.kms.Grant.Parties;
import dev.cloudjar.services.kms.Grant.Place;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Grants: given, listed, retired by those whom they name, and revoked.
final class Grants implements Kms {
    private static final String SCOPE = "kms grant";
    private static final int MOST_LISTED = 50;
    private static final int MOST = 50_000;

    private final Kernel kernel;
    private final KeyRing ring;
    private final Table<Place, Grant> grants;

    Grants(Kernel kernel, KeyRing ring) {
        this.kernel = kernel;
        this.ring = ring;
        this.grants = kernel.table(Grant.class);
    }

    @Override
    public CreateGrantResponse createGrant(CreateGrantRequest in) {
        checkTokens(in.grantTokens());
        Key key = ring.get(in.keyId());
        ring.checkEnabled(key);
        checkPrincipal(in.granteePrincipal());
        in.retiringPrincipal().ifPresent(Grants::checkPrincipal);
        checkOperations(key, in.operations());
        Optional<Constraint> constraint = constraint(key, in);
        var parties = new Parties(
                kept(in.granteePrincipal()), kept(in.retiringPrincipal().orElse("")), issuer());
        var asked = new Grant(
                new Place(key.id(), kernel.ids().hex("", 64)),
                in.name().orElse(""),
                kernel.time().now(),
                parties,
                in.operations().stream().distinct().toList(),
                constraint);
        if (grants.count(Span.under(key.id())) >= MOST) {
            throw LIMIT_EXCEEDED_EXCEPTION.because("%s has as many grants as it may have: %d", ring.arn(key), MOST);
        }
        Use.checkDryRun(in);
        Grant grant = of(key.id()).filter(asked::isLike).findFirst().orElseGet(() -> grants.put(asked));
        return new CreateGrantResponse()
                .grantId(grant.key().grantId())
                .grantToken(kernel.tokens()
                        .seal(SCOPE, ring.arn(key) + "/" + grant.key().grantId()));
    }

    /// Whoever is made anew under a grantee's name is somebody else.
    private String kept(String principal) {
        return kernel.port(PolicyNames.class).map(names -> names.id(principal)).orElse(principal);
    }

    private String shown(String principal) {
        return kernel.port(PolicyNames.class).map(names -> names.arn(principal)).orElse(principal);
    }

    private static String issuer() {
        Call call = Call.current();
        return "arn:" + Arn.partition(call.region()) + ":iam::"
                + call.principal().account() + ":root";
    }

    private static void checkPrincipal(String name) {
        boolean arn = Arn.parse(name)
                .filter(found ->
                        found.service().equals("iam") || found.service().equals("sts"))
                .isPresent();
        if (!arn && !name.endsWith(".amazonaws.com")) {
            throw INVALID_ARN_EXCEPTION.because("ARN does not refer to a valid principal: %s", name);
        }
    }

    private static Optional<Constraint> constraint(Key key, CreateGrantRequest in) {
        Optional<Constraint> constraint = in.constraints().flatMap(given -> {
            if (!given.encryptionContextEquals().isEmpty()
                    && !given.encryptionContextSubset().isEmpty()) {
                throw Refusals.INVALID.because(
                        "Only one of EncryptionContextEquals and EncryptionContextSubset may be specified.");
            }
            return !given.encryptionContextEquals().isEmpty()
                    ? Optional.of(new Constraint(true, given.encryptionContextEquals()))
                    : !given.encryptionContextSubset().isEmpty()
                            ? Optional.of(new Constraint(false, given.encryptionContextSubset()))
                            : Optional.empty();
        });
        if (constraint.isPresent() && key.nature().spec() != Spec.SYMMETRIC_DEFAULT) {
            throw Refusals.INVALID.because(
                    "Encryption context constraints are not valid for the operations of this grant.");
        }
        return constraint;
    }

    /// Each operation of a grant must be one that the key can do.
    private void checkOperations(Key key, List<String> operations) {
        if (operations.isEmpty()) {
            throw Refusals.INVALID.because("Operations must not be empty.");
        }
        Key.Nature nature = key.nature();
        boolean pair = !nature.spec().isSymmetric();
        for (String operation : operations) {
            boolean fits = switch (operation) {
                case GrantOperation.CREATE_GRANT, GrantOperation.RETIRE_GRANT, GrantOperation.DESCRIBE_KEY -> true;
                case GrantOperation.GET_PUBLIC_KEY -> pair;
                case GrantOperation.SIGN, GrantOperation.VERIFY -> nature.usage() == Spec.Usage.SIGN_VERIFY;
                case GrantOperation.GENERATE_MAC, GrantOperation.VERIFY_MAC ->
                    nature.usage() == Spec.Usage.GENERATE_VERIFY_MAC;
                case GrantOperation.DERIVE_SHARED_SECRET -> nature.usage() == Spec.Usage.KEY_AGREEMENT;
                case GrantOperation.ENCRYPT,
                        GrantOperation.DECRYPT,
                        GrantOperation.RE_ENCRYPT_FROM,
                        GrantOperation.RE_ENCRYPT_TO -> nature.usage() == Spec.Usage.ENCRYPT_DECRYPT;
                default -> nature.spec() == Spec.SYMMETRIC_DEFAULT;
            };
            if (!fits) {
                throw Refusals.INVALID.because(
                        "Grant operation %s is not valid for %s, whose key usage is %s.",
                        operation, ring.arn(key), nature.usage());
            }
        }
    }

    @Override
    public ListGrantsResponse listGrants(ListGrantsRequest in) {
        Key key = ring.get(in.keyId());
        in.grantId().ifPresent(id -> find(key, id));
        Predicate<Grant> wanted = grant ->
                in.grantId().filter(id -> !id.equals(grant.key().grantId())).isEmpty()
                        && in.granteePrincipal()
                                .filter(who -> !kept(who).equals(grant.parties().grantee()))
                                .isEmpty();
        return page(in.limit(), in.marker(), key.id(), () -> of(key.id()).filter(wanted));
    }

    @Override
    public ListGrantsResponse listRetirableGrants(ListRetirableGrantsRequest in) {
        checkPrincipal(in.retiringPrincipal());
        return page(
                in.limit(),
                in.marker(),
                in.retiringPrincipal(),
                () -> grants.rows(Span.ALL)
                        .filter(grant -> grant.parties().retiring().equals(kept(in.retiringPrincipal()))));
    }

    private ListGrantsResponse page(
            Optional<Integer> limit, Optional<String> marker, String listing, Supplier<Stream<Grant>> all) {
        Page<GrantListEntry> page = kernel.tokens()
                .page(
                        KeyLife.paging(limit, MOST_LISTED, marker),
                        listing,
                        start -> all.get()
                                .dropWhile(grant -> start.filter(at -> !at.equals(id(grant)))
                                        .isPresent()),
                        Grants::id)
                .map(this::told);
        return new ListGrantsResponse()
                .grants(page.items())
                .truncated(page.next().isPresent())
                .nextMarker(page.next());
    }

    private static String id(Grant grant) {
        return grant.key().keyId() + '/' + grant.key().grantId();
    }

    private GrantListEntry told(Grant grant) {
        var told = new GrantListEntry()
                .keyId(ring.shelf().arn(grant.key().keyId()).toString())
                .grantId(grant.key().grantId())
                .name(grant.name())
                .creationDate(grant.created())
                .granteePrincipal(shown(grant.parties().grantee()))
                .issuingAccount(grant.parties().issuer())
                .operations(grant.operations());
        if (!grant.parties().retiring().isEmpty()) {
            told.retiringPrincipal(shown(grant.parties().retiring()));
        }
        grant.limit().ifPresent(limit -> {
            var constraints = new GrantConstraints();
            told.constraints(
                    limit.exact()
                            ? constraints.encryptionContextEquals(limit.context())
                            : constraints.encryptionContextSubset(limit.context()));
        });
        return told;
    }

    Stream<Grant> of(String keyId) {
        return grants.rows(Span.under(keyId)).toList().stream();
    }

    private Grant find(Key key, String id) {
        return grants.find(new Place(key.id(), id))
                .orElseThrow(() -> NOT_FOUND_EXCEPTION.because("Grant ID %s not found", id));
    }

    @Override
    public RevokeGrantResponse revokeGrant(RevokeGrantRequest in) {
        Grant grant = find(ring.get(in.keyId()), in.grantId());
        Use.checkDryRun(in);
        grants.remove(grant.key());
        return new RevokeGrantResponse();
    }

    @Override
    public RetireGrantResponse retireGrant(RetireGrantRequest in) {
        boolean byId = in.keyId().isPresent() && in.grantId().isPresent();
        if (in.grantToken().isPresent() == byId
                || in.keyId().isPresent() != in.grantId().isPresent()) {
            throw Refusals.INVALID.because("Please specify either a grant token, or a key ID and a grant ID.");
        }
        Grant grant = in.grantToken().isPresent()
                ? ofToken(in.grantToken().get())
                : find(ring.get(in.keyId().orElseThrow()), in.grantId().orElseThrow());
        Use.checkDryRun(in);
        grants.remove(grant.key());
        return new RetireGrantResponse();
    }

    private Grant ofToken(String token) {
        String content = kernel.tokens().open(SCOPE, token).orElseThrow(Grants::badToken);
        int cut = content.lastIndexOf('/');
        return find(ring.get(content.substring(0, cut)), content.substring(cut + 1));
    }

    private static AwsError badToken() {
        return INVALID_GRANT_TOKEN_EXCEPTION.because("");
    }

    /// Refuses tokens that this KMS never gave.
    void checkTokens(List<String> tokens) {
        for (String token : tokens) {
            if (kernel.tokens().open(SCOPE, token).isEmpty()) {
                throw badToken();
            }
        }
    }

    /// The ARN of the key that the grant behind `token` is of.
    Optional<Arn> keyOf(String token) {
        return kernel.tokens()
                .open(SCOPE, token)
                .flatMap(content -> Arn.parse(content.substring(0, content.lastIndexOf('/'))));
    }

    void forget(String keyId) {
        of(keyId).forEach(grant -> grants.remove(grant.key()));
    }
}
