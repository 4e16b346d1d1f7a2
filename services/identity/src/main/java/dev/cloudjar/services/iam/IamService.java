package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Kind;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.kernel.policy.Bindings;
import dev.cloudjar.kernel.policy.Identities;
import dev.cloudjar.kernel.policy.Sessions;
import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import dev.cloudjar.services.iam.Entity.Used;
import dev.cloudjar.services.iam.IssuedKey.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// AWS IAM: users, groups, roles and policies; and for the kernel, whose a key is and what binds whom.
public final class IamService implements Service, Identities {
    static final String ID = "iam";

    private final Kernel kernel;
    private final Directory directory;
    private final Policies policies;
    private final AccessKeys keys;
    private final KeptNames names;
    private final Binder binder;
    private final Sessions sessions;
    private final Documented documented;
    private final Aliases aliases;
    private final MfaDevices mfa;
    private final Enrollment enrollment;
    private final AccessRoleMaker roles;
    private final Advisor advisor;
    private final OrganizationFeatures features;
    private final OutboundTokens tokens;
    private final DelegationRequests delegations;
    private final PasswordPolicies passwordRules;
    private final List<Api> parts;

    public IamService(Kernel kernel) {
        this.kernel = kernel;
        this.directory = new Directory(kernel);
        this.policies = new Policies(kernel, directory);
        this.keys = new AccessKeys(kernel, directory);
        this.names = new KeptNames(directory);
        this.binder = new Binder(directory, policies);
        this.sessions = new Sessions(kernel);
        this.documented = Documented.of(kernel);
        this.aliases = new Aliases(kernel);
        this.mfa = new MfaDevices(kernel, directory, documented.devices(), aliases);
        this.enrollment = new Enrollment(kernel, directory, mfa);
        this.roles = new AccessRoleMaker(kernel, directory);
        this.advisor = new Advisor(kernel, directory, binder);
        this.features = new OrganizationFeatures(kernel);
        this.tokens = new OutboundTokens(kernel);
        this.delegations = new DelegationRequests(kernel);
        this.passwordRules = new PasswordPolicies(kernel);
        this.parts = parts(kernel);
    }

    private List<Api> parts(Kernel kernel) {
        var possessions = new Possessions(kernel, directory);
        var credentials = new Credentials(keys, possessions, documented.devices());
        var passwords = new Passwords(kernel, directory, possessions, passwordRules);
        var views = new Views(directory, passwords, names);
        return List.of(
                new Users(kernel, directory, credentials, policies, views),
                new Groups(kernel, directory, views),
                new Roles(kernel, directory, policies, views),
                policies,
                keys,
                passwords,
                passwordRules,
                new InlinePolicies(kernel, directory),
                new Attachments(kernel, directory, policies),
                new InstanceProfiles(kernel, directory, views),
                new Tags(kernel, directory, policies, documented),
                mfa,
                new SshKeys(kernel, possessions),
                new SigningCertificates(kernel, possessions),
                new ServerCertificates(kernel, documented),
                new ServicePasswords(kernel, possessions),
                new OidcProviders(kernel, documented),
                new SamlProviders(kernel, documented),
                new LinkedRoles(kernel, directory, policies, views),
                new Simulations(kernel, binder),
                advisor,
                new Summaries(kernel, directory, documented, keys),
                new AuthorizationDetails(kernel, directory, policies, views),
                new CredentialReports(kernel, directory, credentials, passwordRules),
                aliases,
                features,
                tokens,
                delegations,
                new DelegationSummaries(delegations),
                new OrganizationReports(kernel, advisor));
    }

    @Override
    public List<Api> parts() {
        return parts;
    }

    @Override
    public <P> P port(Class<P> port) {
        return port.cast(Stream.of(roles, tokens, delegations, names, enrollment, this)
                .filter(port::isInstance)
                .findFirst()
                .orElseThrow());
    }

    @Override
    public boolean hasRootSessions(String organization) {
        return features.hasRootSessions(organization);
    }

    @Override
    public List<Kind<?>> kinds() {
        return List.of(
                Directory.kind(Sort.USER),
                Directory.kind(Sort.GROUP),
                Directory.kind(Sort.ROLE),
                Managed.KIND,
                Profile.KIND);
    }

    @Override
    public void refuseEarly(OperationSchema operation, Struct input) {
        Caller.checkCredentials();
        Spelling.check(input);
    }

    /// The entities that an input names, by their full ARNs, paths included.
    @Override
    public List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        boolean given = operation.name().equals("ChangePassword")
                ? kernel.transact(passwordRules::usersMayChange)
                : delegations.isGiven(operation, input);
        return given ? List.of() : Wanted.of(directory, operation, input, reference);
    }

    @Override
    public Map<String, String> tagsOf(Arn resource) {
        for (Sort sort : Sort.values()) {
            if (resource.resource().startsWith(sort.wire() + '/')) {
                return directory
                        .find(sort, resource.name())
                        .map(found -> directory.tags(sort, found))
                        .orElse(Map.of());
            }
        }
        return Map.of();
    }

    @Override
    public Optional<Credential> credential(String accessKeyId, Optional<String> token) {
        return keys.find(accessKeyId).flatMap(this::credential).or(() -> sessions.open(accessKeyId, token));
    }

    private Optional<Credential> credential(IssuedKey key) {
        Call call = Call.current();
        return call.in(key.account()).run(() -> {
            Optional<Principal> owner = key.user().isEmpty()
                    ? Optional.of(Principal.root(key.account()))
                    : directory
                            .known(Sort.USER, key.user())
                            .map(user -> new Principal(Directory.arn(Sort.USER, user), key.account(), user.uniqueId()));
            return owner.map(principal ->
                    new Credential(principal, keys.secret(key.id()), Instant.MAX, key.status() == Status.ACTIVE));
        });
    }

    @Override
    public Optional<Role> role(Arn arn) {
        Call call = Call.current();
        return call.in(arn.account())
                .run(() -> directory
                        .known(Sort.ROLE, arn.name())
                        .filter(role -> Directory.arn(Sort.ROLE, role).equals(arn.toString()))
                        .map(role -> new Role(
                                arn.toString(),
                                role.uniqueId(),
                                role.facts().trust(),
                                Duration.ofSeconds(role.facts().maxSession()))));
    }

    @Override
    public Optional<Identities.Provider> provider(Arn arn) {
        Call call = Call.current();
        return call.in(arn.account())
                .run(() -> documented
                        .providers()
                        .find(arn.toString())
                        .map(found -> new Identities.Provider(
                                found.id(),
                                found.name(),
                                found.clients(),
                                found.thumbprints(),
                                found.fact("metadata"))));
    }

    @Override
    public long generation(String account) {
        Call call = Call.current();
        return call.in(account).run(directory::spread);
    }

    @Override
    public Bindings bindings(Principal principal) {
        return Binder.home(principal).run(() -> binder.bindings(principal));
    }

    /// A call counts for the user or role, whatever the session.
    @Override
    public void used(String accessKeyId, Principal who, String service, String region) {
        Binder.home(who).run(() -> {
            boolean role = who.kind() == Principal.Kind.SESSION;
            String arn = role ? who.session().issuer() : who.arn();
            if (advisor.called(arn, service, region)) {
                keys.used(accessKeyId, service, region);
                if (role) {
                    directory.used(arn, new Used(Moment.now(kernel), service, region));
                }
            }
            return true;
        });
    }
}
