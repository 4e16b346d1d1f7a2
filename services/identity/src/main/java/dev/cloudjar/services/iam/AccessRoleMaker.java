package dev.cloudjar.services.iam;

import dev.cloudjar.kernel.AccessRoles;
import dev.cloudjar.kernel.Call;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.iam.Entity.Name;
import dev.cloudjar.services.iam.Entity.RoleFacts;
import java.util.Map;
import java.util.Optional;

/// Makes the role by which the management account of an organization gets into an account that it has opened.
record AccessRoleMaker(Kernel kernel, Directory directory) implements AccessRoles {
    private static final int SESSION = 3600;
    private static final String EVERYTHING = """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Effect": "Allow",
                  "Action": "*",
                  "Resource": "*"
                }
              ]
            }""";

    @Override
    public void open(String account, String name, String trusted) {
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                + "\"arn:aws:iam::" + trusted + ":root\"},\"Action\":\"sts:AssumeRole\"}]}";
        var facts = new RoleFacts(trust, Optional.empty(), SESSION, Optional.empty());
        Call call = Call.current();
        call.in(account).run(() -> {
            Entity role = Roles.made(kernel, new Name("/", name), facts)
                    .granted(grants -> grants.inline("AdministratorAccess", EVERYTHING));
            directory.create(Sort.ROLE, role, Map.of());
            return true;
        });
    }
}
