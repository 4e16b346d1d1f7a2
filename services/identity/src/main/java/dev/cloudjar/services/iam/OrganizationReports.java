package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Documents;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.LimitBook;
import dev.cloudjar.kernel.policy.Limits;
import dev.cloudjar.model.authority.Reference;
import dev.cloudjar.services.iam.Entity.Used;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which services an organization lets its accounts use, and when an account of a part of it last used each.
final class OrganizationReports implements Iam {
    /// A question that was asked: about the entity at the end of a path, or about one policy there.
    record OrganizationJob(String key, String path, Optional<String> policy, Instant asked) implements Row<String> {}

    /// A service, how many accounts have used it, and the latest of them.
    private record Line(Reference service, long accounts, Optional<Latest> latest) {
        Optional<Instant> at() {
            return latest.map(each -> each.used().at());
        }
    }

    private record Latest(String path, Used used) {}

    private final Kernel kernel;
    private final Advisor advisor;
    private final Table<String, OrganizationJob> jobs;
    private final Table<String, Limits> limits;
    private final Pages pages;
    private final Documents documents = new Documents();

    OrganizationReports(Kernel kernel, Advisor advisor) {
        this.kernel = kernel;
        this.advisor = advisor;
        this.jobs = kernel.table(OrganizationJob.class, Scope.ACCOUNT);
        this.limits = kernel.kernelTable(LimitBook.TABLE, Limits.class);
        this.pages = new Pages(kernel);
    }

    @Override
    public GenerateOrganizationsAccessReportResponse generateOrganizationsAccessReport(
            GenerateOrganizationsAccessReportRequest in) {
        boolean management = limits.find(Call.current().account())
                .filter(own -> own.place().management())
                .filter(own -> in.entityPath().startsWith(own.place().organization() + '/'))
                .isPresent();
        if (!management) {
            throw Refusals.invalid("The entity path " + in.entityPath() + " is not of an organization that this account"
                    + " manages.");
        }
        String id = kernel.ids().uuid();
        jobs.put(new OrganizationJob(id, in.entityPath(), in.organizationsPolicyId(), Moment.now(kernel)));
        return new GenerateOrganizationsAccessReportResponse().jobId(id);
    }

    @Override
    public GetOrganizationsAccessReportResponse getOrganizationsAccessReport(GetOrganizationsAccessReportRequest in) {
        OrganizationJob job =
                jobs.find(in.jobId()).orElseThrow(() -> Refusals.missing("Report not found for JobId: " + in.jobId()));
        var out = new GetOrganizationsAccessReportResponse()
                .jobCreationDate(job.asked())
                .jobCompletionDate(job.asked());
        List<Limits> accounts = limits.rows(Span.ALL)
                .filter(each -> path(each).startsWith(job.path()))
                .toList();
        if (accounts.isEmpty()) {
            return out.jobStatus("FAILED")
                    .errorDetails(new ErrorDetails()
                            .code("ENTITY_NOT_FOUND")
                            .message("No account is at " + job.path() + '.'));
        }
        List<Line> lines =
                lines(job, accounts).sorted(order(in.sortKey().orElse(""))).toList();
        long used = lines.stream().filter(line -> line.latest().isPresent()).count();
        return out.accessDetails(pages.of(in, out, lines).stream()
                        .map(OrganizationReports::told)
                        .toList())
                .jobStatus("COMPLETED")
                .numberOfServicesAccessible(lines.size())
                .numberOfServicesNotAccessed((int) (lines.size() - used));
    }

    private static String path(Limits account) {
        return account.place().path() + account.account();
    }

    /// The services that at each level some policy allows in part, in one of the accounts; of one policy, those
    /// that it allows.
    private Stream<Line> lines(OrganizationJob job, List<Limits> accounts) {
        return Reference.prefixes().stream()
                .flatMap(prefix -> Reference.of(prefix).stream())
                .filter(service -> accounts.stream().anyMatch(account -> isOpen(account, service, job.policy())))
                .map(service -> line(service, accounts));
    }

    private boolean isOpen(Limits account, Reference service, Optional<String> policy) {
        if (policy.isPresent()) {
            return account.services().stream()
                    .flatMap(level -> level.policies().stream())
                    .filter(text -> text.name().endsWith('/' + policy.get()))
                    .anyMatch(text -> reaches(text, service));
        }
        return account.services().stream()
                .allMatch(level -> level.policies().stream().anyMatch(text -> reaches(text, service)));
    }

    private boolean reaches(Limits.Text text, Reference service) {
        Document document = documents.of(text.document(), Grammar.SERVICE_CONTROL);
        return service.actions().stream().anyMatch(action -> document.concerns(service.prefix() + ':' + action.name()));
    }

    private Line line(Reference service, List<Limits> accounts) {
        Call call = Call.current();
        List<Latest> found = accounts.stream()
                .flatMap(account -> call
                        .in(account.account())
                        .run(() -> advisor.latest(service.prefix()))
                        .map(used -> new Latest(path(account), used))
                        .stream())
                .toList();
        return new Line(
                service,
                found.size(),
                found.stream().max(Comparator.comparing(each -> each.used().at())));
    }

    private static Comparator<Line> order(String key) {
        Comparator<Line> byName = Comparator.comparing(line -> line.service().prefix());
        Comparator<Line> byTime = Comparator.comparing(line -> line.at().orElse(Instant.EPOCH));
        return switch (key) {
            case SortKeyType.SERVICE_NAMESPACE_DESCENDING -> byName.reversed();
            case SortKeyType.LAST_AUTHENTICATED_TIME_ASCENDING -> byTime;
            case SortKeyType.LAST_AUTHENTICATED_TIME_DESCENDING -> byTime.reversed();
            default -> byName;
        };
    }

    private static AccessDetail told(Line line) {
        return new AccessDetail()
                .serviceName(line.service().title())
                .serviceNamespace(line.service().prefix())
                .region(line.latest().map(each -> each.used().region()))
                .entityPath(line.latest().map(Latest::path))
                .lastAuthenticatedTime(line.at())
                .totalAuthenticatedEntities((int) line.accounts());
    }
}
