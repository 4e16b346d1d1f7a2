package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.PolicyNames;
import dev.cloudjar.kernel.policy.KeyIds;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns the users and roles that a policy names as principals into their unique ids, and back.
record KeptNames(Directory directory) implements PolicyNames {
    private static final Pattern PRINCIPAL = Pattern.compile("\"(?:Not)?Principal\"\\s*:\\s*(\\{[^{}]*}|\"[^\"]*\")");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final List<Sort> NAMED = List.of(Sort.USER, Sort.ROLE);

    @Override
    public String id(String arn) {
        return idOf(arn).orElse(arn);
    }

    @Override
    public String arn(String id) {
        return arnOf(id).orElse(id);
    }

    @Override
    public String kept(String policy) {
        return renamed(policy, this::id);
    }

    @Override
    public String shown(String policy) {
        return renamed(policy, this::arn);
    }

    @Override
    public Optional<String> stranger(String policy) {
        String here = Call.current().account();
        return PRINCIPAL
                .matcher(policy)
                .results()
                .flatMap(found -> TEXT.matcher(found.group(1)).results())
                .map(found -> found.group(1))
                .filter(name -> Arn.parse(name)
                        .filter(arn ->
                                arn.service().equals("iam") && arn.account().equals(here))
                        .filter(arn -> sort(arn.resource()).isPresent())
                        .isPresent())
                .filter(name -> idOf(name).isEmpty())
                .findFirst();
    }

    /// A principal is one text, or an object whose texts and lists have no objects in them.
    private static String renamed(String policy, UnaryOperator<String> name) {
        Matcher principals = PRINCIPAL.matcher(policy);
        return principals.replaceAll(found -> {
            int from = found.start(1) - found.start();
            String whole = found.group();
            String names = TEXT.matcher(whole.substring(from))
                    .replaceAll(text -> Matcher.quoteReplacement('"' + name.apply(text.group(1)) + '"'));
            return Matcher.quoteReplacement(whole.substring(0, from) + names);
        });
    }

    private Optional<String> idOf(String name) {
        return Arn.parse(name)
                .flatMap(arn -> sort(arn.resource())
                        .flatMap(sort -> in(arn.account(), () -> directory.find(sort, arn.name()))
                                .filter(found -> in(arn.account(), () -> Directory.arn(sort, found))
                                        .equals(name))
                                .map(Entity::uniqueId)));
    }

    private static Optional<Sort> sort(String resource) {
        return NAMED.stream()
                .filter(sort -> resource.startsWith(sort.wire() + '/'))
                .findFirst();
    }

    private Optional<String> arnOf(String id) {
        Optional<Sort> sort =
                NAMED.stream().filter(each -> id.startsWith(each.prefix())).findFirst();
        return sort.flatMap(each -> KeyIds.account(id)
                .flatMap(account -> in(
                        account,
                        () -> directory.all(each).stream()
                                .filter(entity -> entity.uniqueId().equals(id))
                                .findFirst()
                                .map(entity -> Directory.arn(each, entity)))));
    }

    private static <R> R in(String account, Supplier<R> work) {
        Call call = Call.current();
        return call.in(account).run(work::get);
    }
}
