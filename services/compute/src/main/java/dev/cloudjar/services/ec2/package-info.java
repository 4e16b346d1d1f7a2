/// Amazon EC2, as far as it is the network: VPCs, subnets and security groups with their rules, tags, regions
/// and zones. [Ec2Service] is the way in.
///
/// What is kept is a row a resource, on a shelf each; [Listing] is how all of them are listed,
/// [TagSpecifications] how they are tagged when they are made, and [Part] what every operation has: `DryRun`,
/// and the default VPC that is there from the first call of an account to a region.
@NullMarked
package dev.cloudjar.services.ec2;

import org.jspecify.annotations.NullMarked;
