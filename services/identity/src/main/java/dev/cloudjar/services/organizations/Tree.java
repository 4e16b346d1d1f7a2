package dev.cloudjar.services.organizations;

import dev.cloudjar.api.Organizations;
import dev.cloudjar.api.Organizations.PolicyType;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Page;
import dev.cloudjar.kernel.Paging;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.Asked;
import dev.cloudjar.kernel.policy.Attached;
import dev.cloudjar.kernel.policy.Decision;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Evaluation;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Policies;
import dev.cloudjar.kernel.policy.Policies.OfResource;
import dev.cloudjar.model.AwsError;
import dev.cloudjar.model.Struct;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// An organization as a tree: who belongs to it, what stands under what, and what is attached where.
final class Tree {
    private static final AwsError.Code DENIED = Organizations.ACCESS_DENIED_EXCEPTION;
    private static final int MOST_LISTED = 20;

    private final Kernel kernel;
    final Table<String, Realm> organizations;
    final Table<String, Member> members;
    final Table<String, Unit> units;
    final Table<String, Law> laws;
    final Table<Attachment.Place, Attachment> attachments;
    final Marks marks;

    Tree(Kernel kernel) {
        this.kernel = kernel;
        this.organizations = kernel.table(Realm.class, Scope.WORLD);
        this.members = kernel.table(Member.class, Scope.WORLD);
        this.units = kernel.table(Unit.class, Scope.WORLD);
        this.laws = kernel.table(Law.class, Scope.WORLD);
        this.attachments = kernel.table(Attachment.class, Scope.WORLD);
        this.marks = new Marks(kernel, this);
    }

    Instant now() {
        return kernel.time().now();
    }

    /// A new id of AWS's form.
    String id(String prefix, int digits) {
        return kernel.ids().hex(prefix, digits);
    }

    /// The organization of the caller.
    Realm mine() {
        return find(Call.current().account())
                .orElseThrow(() -> Organizations.AWS_ORGANIZATIONS_NOT_IN_USE_EXCEPTION.because(
                        "Your account is not a member of an organization."));
    }

    Optional<Realm> find(String account) {
        return members.find(account).flatMap(member -> organizations.find(member.organization()));
    }

    /// The organization, for its management account only.
    Realm managed() {
        Realm mine = mine();
        if (!mine.management().equals(Call.current().account())) {
            throw denied();
        }
        return mine;
    }

    /// The organization, for its management account, for delegated administrators, and for those whom its own
    /// policy lets do this.
    Realm seen() {
        Realm mine = mine();
        String account = Call.current().account();
        boolean delegated = members.find(account)
                .filter(member -> !member.delegated().isEmpty())
                .isPresent();
        if (!mine.management().equals(account)
                && !delegated
                && mine.delegation().filter(policy -> lets(mine, policy)).isEmpty()) {
            throw denied();
        }
        return mine;
    }

    /// Whether the policy allows the call, which is about nothing in particular.
    private static boolean lets(Realm organization, Realm.Delegation delegation) {
        Call call = Call.current();
        String action = "organizations:" + call.request().operation();
        var asked = new Asked(call.principal(), action, "*", organization.management(), call.facts());
        var policy = new Attached(delegation.id(), Document.parse(delegation.policy(), Grammar.RESOURCE));
        return Evaluation.of(asked, Policies.NONE.with(OfResource.of(policy))).hits().stream()
                .map(Decision.Hit::allows)
                .reduce(Boolean::logicalAnd)
                .orElse(false);
    }

    static AwsError denied() {
        return DENIED.because("You don't have permissions to access this resource.");
    }

    /// One of the errors that have a reason.
    static AwsError refused(AwsError.Code code, String reason, String message) {
        return code.with(error -> error.set(error.shape().member("Reason").orElseThrow(), reason), message);
    }

    Member member(Realm organization, String account) {
        return members.find(account)
                .filter(found -> found.organization().equals(organization.key()))
                .orElseThrow(() -> Organizations.ACCOUNT_NOT_FOUND_EXCEPTION.because(
                        "You specified an account that doesn't exist."));
    }

    Optional<Unit> unit(Realm organization, String id) {
        return units.find(id).filter(unit -> unit.organization().equals(organization.key()));
    }

    boolean isParent(Realm organization, String id) {
        return organization.root().equals(id) || unit(organization, id).isPresent();
    }

    void checkParent(Realm organization, String id, AwsError.Code missing, String what) {
        if (!isParent(organization, id)) {
            throw missing.because("You specified %s that doesn't exist.", what);
        }
    }

    List<Member> membersOf(Realm organization) {
        return members.rows(Span.ALL)
                .filter(member -> member.organization().equals(organization.key()))
                .toList();
    }

    /// Whether a member has that e-mail.
    boolean isMailed(String email) {
        return members.rows(Span.ALL)
                .anyMatch(member -> member.identity().email().equalsIgnoreCase(email));
    }

    List<Unit> unitsUnder(String parent) {
        return units.rows(Span.ALL).filter(unit -> unit.parent().equals(parent)).toList();
    }

    List<Member> membersUnder(String parent) {
        return members.rows(Span.ALL)
                .filter(member -> member.parent().equals(parent))
                .toList();
    }

    /// A target, and all that stands above it up to the root, from the top.
    List<String> path(Realm organization, String target) {
        var path = new ArrayList<String>();
        String at = target;
        while (!at.equals(organization.root())) {
            path.addFirst(at);
            String here = at;
            at = members.find(here)
                    .map(Member::parent)
                    .or(() -> units.find(here).map(Unit::parent))
                    .orElseThrow();
        }
        path.addFirst(organization.root());
        return path;
    }

    /// `o-…/r-…/ou-…/`, ending in the target.
    String pathText(Realm organization, String target) {
        return organization.key() + '/' + String.join("/", path(organization, target)) + '/';
    }

    Law law(Realm organization, String id) {
        return Law.OF_AWS.stream()
                .filter(law -> law.key().equals(id))
                .findFirst()
                .or(() -> laws.find(id).filter(law -> law.organization().equals(organization.key())))
                .orElseThrow(() -> Organizations.POLICY_NOT_FOUND_EXCEPTION.because(
                        "We can't find a policy with the PolicyId that you specified."));
    }

    /// What is attached to a target, of one type, in the order in which it was.
    List<Law> lawsOn(Realm organization, String target, String type) {
        return attachments
                .rows(Span.under(target))
                .filter(attachment -> attachment.type().equals(type))
                .sorted(Comparator.comparing(Attachment::at))
                .toList()
                .stream()
                .map(attachment -> law(organization, attachment.key().policy()))
                .toList();
    }

    void attach(String target, Law law) {
        attachments.put(new Attachment(new Attachment.Place(target, law.key()), law.type(), now()));
    }

    /// What AWS attaches to each new unit and account.
    void attachDefaults(Realm organization, String target) {
        Law.OF_AWS.stream()
                .filter(law -> organization.types().contains(law.type()))
                .forEach(law -> attach(target, law));
    }

    /// Forgets what is attached to a target that is no more, and its tags.
    void forget(Realm organization, String target) {
        attachments.rows(Span.under(target)).toList().forEach(each -> attachments.remove(each.key()));
        marks.close(organization, target);
    }

    /// An ARN of the organization: `ou/o-…/ou-…`.
    static String arn(Realm organization, String resource) {
        return "arn:" + Arn.partition(Call.current().region()) + ":organizations::" + organization.management() + ':'
                + resource;
    }

    static String arn(Realm organization, Law law) {
        String type = law.type().toLowerCase(Locale.ROOT);
        return law.isOfAws()
                ? "arn:aws:organizations::aws:policy/" + type + '/' + law.key()
                : arn(organization, "policy/" + organization.key() + '/' + type + '/' + law.key());
    }

    static String kind(String target) {
        return target.startsWith("r-")
                ? Organizations.TargetType.ROOT
                : target.startsWith("ou-")
                        ? Organizations.TargetType.ORGANIZATIONAL_UNIT
                        : Organizations.TargetType.ACCOUNT;
    }

    static boolean isAuthorization(String type) {
        return type.equals(PolicyType.SERVICE_CONTROL_POLICY) || type.equals(PolicyType.RESOURCE_CONTROL_POLICY);
    }

    /// A page of `all` as `in` asks for it.
    <V> Page<V> page(Struct in, List<V> all, Function<V, String> id) {
        Object limit = in.get("MaxResults");
        var paging = new Paging(
                limit instanceof Integer most ? most : MOST_LISTED,
                Optional.ofNullable((String) in.get("NextToken")),
                () -> refused(
                        Organizations.INVALID_INPUT_EXCEPTION,
                        Organizations.InvalidInputExceptionReason.INVALID_NEXT_TOKEN,
                        "You specified an invalid next token."));
        return kernel.tokens()
                .page(
                        paging,
                        "",
                        start -> all.stream()
                                .dropWhile(each -> start.filter(at -> !at.equals(id.apply(each)))
                                        .isPresent()),
                        id);
    }
}
