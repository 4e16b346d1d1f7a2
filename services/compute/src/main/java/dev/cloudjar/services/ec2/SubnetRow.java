package dev.cloudjar.services.ec2;

import dev.cloudjar.kernel.Phase;
import dev.cloudjar.kernel.Resource;

/// A subnet of a VPC, in one availability zone.
record SubnetRow(
        String id, String vpc, Cidr cidr, String zone, boolean isDefault, Launch launch, Phase<VpcRow.Status> phase)
        implements Resource {
    /// What instances get that are launched into the subnet.
    record Launch(boolean publicIp, boolean dns64, String hostnames, boolean aRecord, boolean aaaaRecord) {
        static final Launch PLAIN = new Launch(false, false, "ip-name", false, false);

        Launch publicIp(boolean on) {
            return new Launch(on, dns64, hostnames, aRecord, aaaaRecord);
        }

        Launch dns64(boolean on) {
            return new Launch(publicIp, on, hostnames, aRecord, aaaaRecord);
        }

        Launch hostnames(String type) {
            return new Launch(publicIp, dns64, type, aRecord, aaaaRecord);
        }

        Launch aRecord(boolean on) {
            return new Launch(publicIp, dns64, hostnames, on, aaaaRecord);
        }

        Launch aaaaRecord(boolean on) {
            return new Launch(publicIp, dns64, hostnames, aRecord, on);
        }
    }

    SubnetRow with(Launch changed) {
        return new SubnetRow(id, vpc, cidr, zone, isDefault, changed, phase);
    }
}
