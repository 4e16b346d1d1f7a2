package dev.cloudjar.services.s3;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Mfa;
import dev.cloudjar.kernel.Principal;
import dev.cloudjar.kernel.Service;
import dev.cloudjar.model.Api;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// In the place of IAM: the device `token` of each root user, which always shows 123456.
final class RootDevice implements Service, Mfa, Iam {
    static final Entry ENTRY = new Entry("iam", kernel -> new RootDevice(), Set.of(Mfa.class));

    @Override
    public List<Api> parts() {
        return List.of(this);
    }

    @Override
    public boolean has(Principal who, String serial) {
        return who.kind() == Principal.Kind.ROOT && serial.equals("token");
    }

    @Override
    public boolean proves(Principal who, String serial, String code) {
        return has(who, serial) && code.equals("123456");
    }

    @Override
    public Enrolled enrollRoot() {
        return new Enrolled("token", Optional.empty());
    }

    @Override
    public Enrolled knowToken(String serial, Optional<String> seed) {
        return new Enrolled(serial, seed);
    }

    @Override
    public Enrolled enrollKey(Optional<String> user, String name) {
        return new Enrolled(name, Optional.empty());
    }
}
