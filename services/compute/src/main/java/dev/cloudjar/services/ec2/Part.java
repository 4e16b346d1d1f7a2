package dev.cloudjar.services.ec2;

import dev.cloudjar.api.Ec2;
import dev.cloudjar.model.Struct;

/// Some operations of EC2. A dry run does everything and is refused in the end, which undoes it.
interface Part extends Ec2 {
    /// What is there before the first call.
    DefaultVpc defaults();

    @Override
    default Struct call(int index, Struct input) {
        defaults().ensure();
        Struct output = Ec2.super.call(index, input);
        if (Boolean.TRUE.equals(input.get("DryRun"))) {
            throw Refusals.DRY_RUN.because("Request would have succeeded, but DryRun flag is set.");
        }
        return output;
    }
}
