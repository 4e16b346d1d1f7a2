package dev.cloudjar.services.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.S3Control.AccountLevel;
import dev.cloudjar.api.S3Control.BucketLevel;
import dev.cloudjar.api.S3Control.CreateStorageLensGroupRequest;
import dev.cloudjar.api.S3Control.MatchObjectAge;
import dev.cloudjar.api.S3Control.MatchObjectSize;
import dev.cloudjar.api.S3Control.PutStorageLensConfigurationRequest;
import dev.cloudjar.api.S3Control.S3BucketDestination;
import dev.cloudjar.api.S3Control.S3Tag;
import dev.cloudjar.api.S3Control.StorageLensConfiguration;
import dev.cloudjar.api.S3Control.StorageLensDataExport;
import dev.cloudjar.api.S3Control.StorageLensGroup;
import dev.cloudjar.api.S3Control.StorageLensGroupAndOperator;
import dev.cloudjar.api.S3Control.StorageLensGroupFilter;
import dev.cloudjar.api.S3Control.StorageLensGroupLevel;
import dev.cloudjar.api.S3Control.StorageLensGroupLevelSelectionCriteria;
import dev.cloudjar.api.S3Control.StorageLensGroupOrOperator;
import dev.cloudjar.kernel.Service.Entry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An export tells of the groups that its dashboard has attached what their filters mean.
class LensGroupTest {
    private final S3UnderTest s3 = S3UnderTest.beside(new Entry("s3control", S3ControlService::new));
    private String either = "";

    @BeforeEach
    void create() {
        s3.createBucket("data");
        s3.createBucket("reports");
        s3.put("data", "a", "content");
        s3.call(S3UnderTest.putting("data", "logs/new.txt", "123").tagging("team=red"));
        s3.put("data", "logs/big.bin", "1234567890");
        var small = new MatchObjectSize().bytesLessThan(10L);
        var large = new MatchObjectSize().bytesGreaterThan(9L);
        var red = List.of(
                new S3Tag().key("team").value("red"), new S3Tag().key("team").value(""));
        var logs = List.of("logs/", "none");
        group("prefix", new StorageLensGroupFilter().matchAnyPrefix(logs));
        group("suffix", new StorageLensGroupFilter().matchAnySuffix(List.of(".txt")));
        group("tag", new StorageLensGroupFilter().matchAnyTag(red));
        group("size", new StorageLensGroupFilter().matchObjectSize(large));
        group("old", new StorageLensGroupFilter().matchObjectAge(new MatchObjectAge().daysGreaterThan(0)));
        var both = new StorageLensGroupAndOperator().matchAnyPrefix(logs).matchObjectSize(small);
        group("both", new StorageLensGroupFilter().and(both));
        var any =
                new StorageLensGroupOrOperator().matchAnySuffix(List.of(".txt")).matchObjectSize(large);
        either = group("either", new StorageLensGroupFilter().or(any));
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private String group(String name, StorageLensGroupFilter filter) {
        s3.control(new CreateStorageLensGroupRequest()
                .accountId(S3UnderTest.ACCOUNT)
                .storageLensGroup(new StorageLensGroup().name(name).filter(filter)));
        return "arn:aws:s3:us-east-1:" + S3UnderTest.ACCOUNT + ":storage-lens-group/" + name;
    }

    /// The lines about groups of the export that comes next.
    private List<String> exported(StorageLensGroupLevelSelectionCriteria attached) {
        var level = new StorageLensGroupLevel().selectionCriteria(attached);
        var export = new S3BucketDestination()
                .arn("arn:aws:s3:::reports")
                .accountId(S3UnderTest.ACCOUNT)
                .format("CSV")
                .outputSchemaVersion("V_1");
        s3.control(new PutStorageLensConfigurationRequest()
                .accountId(S3UnderTest.ACCOUNT)
                .configId("mine")
                .storageLensConfiguration(new StorageLensConfiguration()
                        .id("mine")
                        .isEnabled(true)
                        .accountLevel(new AccountLevel()
                                .bucketLevel(new BucketLevel())
                                .storageLensGroupLevel(level))
                        .dataExport(new StorageLensDataExport().s3BucketDestination(export))));
        s3.pass(Duration.ofDays(1));
        String file = s3.keys("reports").stream()
                .filter(key -> key.endsWith(".csv"))
                .toList()
                .getLast();
        return s3.get("reports", file)
                .lines()
                .filter(line -> line.contains("STORAGE_LENS_GROUP_"))
                .toList();
    }

    /// How many objects of the bucket each group has.
    private static List<String> counts(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("GROUP_BUCKET") && line.contains(",ObjectCount,"))
                .filter(line -> line.contains(",data,"))
                .map(line -> line.replaceAll(".*storage-lens-group/(\\w+),data,ObjectCount,", "$1 "))
                .sorted()
                .toList();
    }

    @Test
    void filtersDecideWhatAGroupHas() {
        List<String> first = exported(new StorageLensGroupLevelSelectionCriteria());
        List<String> second = exported(new StorageLensGroupLevelSelectionCriteria());

        assertThat(counts(first)).containsExactly("both 1", "either 2", "prefix 2", "size 1", "suffix 1", "tag 1");
        assertThat(first)
                .contains("V_1,mine,2026-01-10,111122223333,us-east-1,STANDARD,STORAGE_LENS_GROUP_BUCKET," + either
                        + ",data,StorageBytes,13");
        assertThat(first).anyMatch(line -> line.contains("STORAGE_LENS_GROUP_ACCOUNT," + either + ",,ObjectCount,"));
        assertThat(counts(second)).contains("old 3");
    }

    @Test
    void aDashboardTakesSomeGroupsOrLeavesSomeOut() {
        assertThat(counts(exported(new StorageLensGroupLevelSelectionCriteria().include(List.of(either)))))
                .containsExactly("either 2");
        assertThat(counts(exported(new StorageLensGroupLevelSelectionCriteria().exclude(List.of(either)))))
                .containsExactly("both 1", "old 3", "prefix 2", "size 1", "suffix 1", "tag 1");
    }
}
