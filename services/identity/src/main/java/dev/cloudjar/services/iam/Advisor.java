package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Span;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.model.authority.Reference;
import dev.cloudjar.services.iam.Entity.Used;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The access advisor: which services somebody may call, and when each was last called.
final class Advisor implements Iam {
    private static final Duration FINENESS = Duration.ofMinutes(1);

    /// The last call of an entity to a service.
    record Accessed(Key key, Used used) implements Row<Accessed.Key> {
        record Key(String arn, String namespace) {}
    }

    /// A question that was asked.
    record Job(String key, String arn, Instant asked, String granularity) implements Row<String> {}

    private final Kernel kernel;
    private final Directory directory;
    private final Binder binder;
    private final Table<Accessed.Key, Accessed> accesses;
    private final Table<String, Job> jobs;
    private final Pages pages;

    Advisor(Kernel kernel, Directory directory, Binder binder) {
        this.kernel = kernel;
        this.directory = directory;
        this.binder = binder;
        this.accesses = kernel.table(Accessed.class, Scope.ACCOUNT);
        this.jobs = kernel.table(Job.class, Scope.ACCOUNT);
        this.pages = new Pages(kernel);
    }

    /// Notes a call, to the minute; false where it was noted a moment ago.
    boolean called(String arn, String namespace, String region) {
        var key = new Accessed.Key(arn, namespace);
        Instant now = Moment.now(kernel);
        boolean fresh = accesses.find(key)
                .filter(last -> last.used().region().equals(region))
                .filter(last -> now.isBefore(last.used().at().plus(FINENESS)))
                .isPresent();
        if (!fresh) {
            accesses.put(new Accessed(key, new Used(now, namespace, region)));
        }
        return !fresh;
    }

    /// The last call that anybody of this account made to a service.
    Optional<Used> latest(String namespace) {
        return kernel.transact(() -> accesses.rows(Span.ALL)
                .filter(each -> each.key().namespace().equals(namespace))
                .map(Accessed::used)
                .max(Comparator.comparing(Used::at)));
    }

    @Override
    public GenerateServiceLastAccessedDetailsResponse generateServiceLastAccessedDetails(
            GenerateServiceLastAccessedDetailsRequest in) {
        Arn arn = Arn.parse(in.arn()).orElseThrow(() -> Refusals.invalid("Invalid ARN: " + in.arn()));
        binder.check(arn);
        String id = kernel.ids().uuid();
        jobs.put(new Job(id, in.arn(), Moment.now(kernel), in.granularity().orElse("SERVICE_LEVEL")));
        return new GenerateServiceLastAccessedDetailsResponse().jobId(id);
    }

    private Job job(String id) {
        return jobs.find(id).orElseThrow(() -> Refusals.missing("Report not found for JobId: " + id));
    }

    private List<Document> documents(Arn arn) {
        return binder.sources(arn).stream()
                .map(source -> Document.parse(source.document(), Grammar.IDENTITY))
                .toList();
    }

    private static boolean reaches(List<Document> documents, Reference service) {
        return documents.stream()
                .anyMatch(document -> service.actions().stream()
                        .anyMatch(action -> document.concerns(service.prefix() + ':' + action.name())));
    }

    @Override
    public GetServiceLastAccessedDetailsResponse getServiceLastAccessedDetails(
            GetServiceLastAccessedDetailsRequest in) {
        Job job = job(in.jobId());
        List<Document> documents = documents(Arn.parse(job.arn()).orElseThrow());
        var out = new GetServiceLastAccessedDetailsResponse();
        List<ServiceLastAccessed> services = Reference.prefixes().stream()
                .flatMap(prefix -> Reference.of(prefix).stream())
                .filter(service -> reaches(documents, service))
                .map(service -> view(job, service))
                .toList();
        return out.servicesLastAccessed(pages.of(in, out, services))
                .jobStatus("COMPLETED")
                .jobType(job.granularity())
                .jobCreationDate(job.asked())
                .jobCompletionDate(job.asked());
    }

    private ServiceLastAccessed view(Job job, Reference service) {
        Optional<Used> used =
                accesses.find(new Accessed.Key(job.arn(), service.prefix())).map(Accessed::used);
        return new ServiceLastAccessed()
                .serviceName(service.title())
                .serviceNamespace(service.prefix())
                .lastAuthenticated(used.map(Used::at))
                .lastAuthenticatedEntity(used.map(_ -> job.arn()))
                .lastAuthenticatedRegion(used.map(Used::region))
                .totalAuthenticatedEntities(used.isPresent() ? 1 : 0);
    }

    @Override
    public GetServiceLastAccessedDetailsWithEntitiesResponse getServiceLastAccessedDetailsWithEntities(
            GetServiceLastAccessedDetailsWithEntitiesRequest in) {
        Job job = job(in.jobId());
        var out = new GetServiceLastAccessedDetailsWithEntitiesResponse();
        List<EntityDetails> entities = kernel.transact(() -> accesses.rows(Span.under(job.arn(), in.serviceNamespace()))
                .map(this::entity)
                .toList());
        return out.entityDetailsList(pages.of(in, out, entities))
                .jobStatus("COMPLETED")
                .jobCreationDate(job.asked())
                .jobCompletionDate(job.asked());
    }

    private EntityDetails entity(Accessed accessed) {
        Arn arn = Arn.parse(accessed.key().arn()).orElseThrow();
        boolean role = arn.resource().startsWith("role/");
        Entity entity = directory.get(role ? Sort.ROLE : Sort.USER, arn.name());
        return new EntityDetails()
                .lastAuthenticated(accessed.used().at())
                .entityInfo(new EntityInfo()
                        .arn(arn.toString())
                        .name(entity.name().text())
                        .type(role ? "ROLE" : "USER")
                        .id(entity.uniqueId())
                        .path(entity.name().path()));
    }

    @Override
    public ListPoliciesGrantingServiceAccessResponse listPoliciesGrantingServiceAccess(
            ListPoliciesGrantingServiceAccessRequest in) {
        Arn arn = Arn.parse(in.arn()).orElseThrow(() -> Refusals.invalid("Invalid ARN: " + in.arn()));
        List<Simulation.Source> sources = binder.sources(arn);
        return new ListPoliciesGrantingServiceAccessResponse()
                .isTruncated(false)
                .policiesGrantingServiceAccess(in.serviceNamespaces().stream()
                        .map(namespace -> new ListPoliciesGrantingServiceAccessEntry()
                                .serviceNamespace(namespace)
                                .policies(granting(sources, namespace)))
                        .toList());
    }

    private static List<PolicyGrantingServiceAccess> granting(List<Simulation.Source> sources, String namespace) {
        Reference service =
                Reference.of(namespace).orElseThrow(() -> Refusals.invalid("Invalid service namespace: " + namespace));
        return sources.stream()
                .filter(source -> reaches(List.of(Document.parse(source.document(), Grammar.IDENTITY)), service))
                .map(source -> new PolicyGrantingServiceAccess()
                        .policyName(source.id())
                        .policyType(source.id().contains("_") ? "INLINE" : "MANAGED"))
                .toList();
    }
}
