package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Row;
import dev.cloudjar.kernel.Scope;
import dev.cloudjar.kernel.Table;
import dev.cloudjar.model.Blob;
import dev.cloudjar.services.iam.Entity.Used;
import dev.cloudjar.services.iam.IssuedKey.Status;
import dev.cloudjar.services.iam.Possession.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The credential report: a line a user, a column for each state of each credential. It is good for four hours.
final class CredentialReports implements Iam {
    private static final String ONLY = "report";
    private static final Duration FRESH = Duration.ofHours(4);
    private static final String NOTHING = "N/A";
    private static final String COLUMNS = "user,arn,user_creation_time,password_enabled,password_last_used,"
            + "password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
            + "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
            + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
            + "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,"
            + "cert_2_active,cert_2_last_rotated\n";

    /// The report as it was made.
    record Report(String key, Instant made, String text) implements Row<String> {}

    private final Kernel kernel;
    private final Directory directory;
    private final Credentials credentials;
    private final PasswordPolicies rules;
    private final Table<String, Report> reports;

    CredentialReports(Kernel kernel, Directory directory, Credentials credentials, PasswordPolicies rules) {
        this.kernel = kernel;
        this.directory = directory;
        this.credentials = credentials;
        this.rules = rules;
        this.reports = kernel.table(Report.class, Scope.ACCOUNT);
    }

    private Optional<Report> fresh() {
        return reports.find(ONLY)
                .filter(report -> Moment.now(kernel).isBefore(report.made().plus(FRESH)));
    }

    @Override
    public GenerateCredentialReportResponse generateCredentialReport(GenerateCredentialReportRequest in) {
        if (fresh().isPresent()) {
            return new GenerateCredentialReportResponse().state("COMPLETE");
        }
        var text = new StringBuilder(COLUMNS).append(root());
        directory.all(Sort.USER).forEach(user -> text.append(line(user)));
        reports.put(new Report(ONLY, Moment.now(kernel), text.toString()));
        return new GenerateCredentialReportResponse()
                .state("STARTED")
                .description("No report exists. Starting a new report generation task");
    }

    @Override
    public GetCredentialReportResponse getCredentialReport(GetCredentialReportRequest in) {
        if (reports.find(ONLY).isEmpty()) {
            throw CREDENTIAL_REPORT_NOT_PRESENT_EXCEPTION.because(
                    "No report exists. Generate a credential report first.");
        }
        Report report = fresh().orElseThrow(() ->
                CREDENTIAL_REPORT_EXPIRED_EXCEPTION.because("The credential report has expired. Generate a new one."));
        return new GetCredentialReportResponse()
                .content(Blob.of(report.text()))
                .reportFormat("text/csv")
                .generatedTime(report.made());
    }

    private String root() {
        var cells = new ArrayList<>(List.of(
                Device.ROOT,
                Directory.arn("root"),
                NOTHING,
                "not_supported",
                "no_information",
                "not_supported",
                "not_supported",
                Boolean.toString(!credentials.devices(Device.ROOT).isEmpty())));
        keys("", cells);
        cells.addAll(List.of("false", NOTHING, "false", NOTHING));
        return String.join(",", cells) + '\n';
    }

    private String line(Entity user) {
        String name = user.name().text();
        var cells = new ArrayList<>(
                List.of(name, Directory.arn(Sort.USER, user), user.created().toString()));
        password(name, cells);
        cells.add(Boolean.toString(!credentials.devices(name).isEmpty()));
        keys(name, cells);
        List<Possession> certificates = credentials.possessions().of(name, Kind.CERTIFICATE);
        for (int i = 0; i < 2; i++) {
            Optional<Possession> held = i < certificates.size() ? Optional.of(certificates.get(i)) : Optional.empty();
            cells.add(Boolean.toString(held.filter(Possession::active).isPresent()));
            cells.add(held.map(each -> each.created().toString()).orElse(NOTHING));
        }
        return String.join(",", cells) + '\n';
    }

    private void password(String user, List<String> cells) {
        Optional<Possession> login =
                credentials.possessions().of(user, Kind.LOGIN).stream().findFirst();
        if (login.isEmpty()) {
            cells.addAll(List.of("false", NOTHING, NOTHING, NOTHING));
            return;
        }
        String changed = login.get().fact("changed");
        String next = rules.maxAge()
                .map(days -> Instant.parse(changed).plus(Duration.ofDays(days)).toString())
                .orElse(NOTHING);
        cells.addAll(List.of("true", "no_information", changed, next));
    }

    private void keys(String user, List<String> cells) {
        List<IssuedKey> keys = credentials.keys().of(user);
        for (int i = 0; i < 2; i++) {
            Optional<IssuedKey> key = i < keys.size() ? Optional.of(keys.get(i)) : Optional.empty();
            Optional<Used> used = key.flatMap(IssuedKey::used);
            cells.add(Boolean.toString(
                    key.filter(each -> each.status() == Status.ACTIVE).isPresent()));
            cells.add(key.map(each -> each.created().toString()).orElse(NOTHING));
            cells.add(used.map(each -> each.at().toString()).orElse(NOTHING));
            cells.add(used.map(Used::region).orElse(NOTHING));
            cells.add(used.map(Used::service).orElse(NOTHING));
        }
    }
}
