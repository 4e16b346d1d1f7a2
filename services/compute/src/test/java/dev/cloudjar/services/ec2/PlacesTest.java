package dev.cloudjar.services.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudjar.api.Ec2;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Regions, zones, accounts, and blocks of addresses.
class PlacesTest {
    @AutoClose
    private final Ec2UnderTest ec2 = Ec2UnderTest.fresh();

    @Test
    void regionsAndZonesAreThoseOfAws() {
        assertThat(ec2.<Ec2.DescribeRegionsResult>call(new Ec2.DescribeRegionsRequest()
                                .filters(List.of(Ec2UnderTest.filter("region-name", "eu-central-*"))))
                        .regions())
                .extracting(region -> region.endpoint().orElseThrow())
                .containsExactly("ec2.eu-central-1.amazonaws.com", "ec2.eu-central-2.amazonaws.com");
        assertThat(ec2.in("ap-northeast-1")
                        .<Ec2.DescribeAvailabilityZonesResult>call(new Ec2.DescribeAvailabilityZonesRequest())
                        .availabilityZones())
                .extracting(zone -> zone.zoneName().orElseThrow())
                .containsExactly("ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d");
        assertThat(ec2.refusal(new Ec2.DescribeAvailabilityZonesRequest().zoneNames(List.of("us-east-1x"))))
                .isEqualTo("InvalidParameterValue: Invalid availability zone: [us-east-1x]");
    }

    @Test
    void anAccountKnowsItsDefaultVpc() {
        assertThat(ec2.<Ec2.DescribeAccountAttributesResult>call(
                                new Ec2.DescribeAccountAttributesRequest().attributeNames(List.of("default-vpc")))
                        .accountAttributes())
                .singleElement()
                .satisfies(attribute -> assertThat(attribute
                                .attributeValues()
                                .getFirst()
                                .attributeValue()
                                .orElseThrow())
                        .startsWith("vpc-"));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:DB8::1/32, 2001:db8::/32",
        "::/0, ::/0",
        "2001:db8:0:0:1:0:0:1/128, 2001:db8::1:0:0:1/128",
        "1:2:3:4:5:6:7:8/128, 1:2:3:4:5:6:7:8/128",
        "fe80::1/129, ''",
        "10.0.0.0/8, ''",
        "fe80::1, ''"
    })
    void aBlockOfIpv6HasOneSpelling(String text, String spelled) {
        assertThat(Ipv6Cidr.parse(text).orElse("")).isEqualTo(spelled);
    }
}
