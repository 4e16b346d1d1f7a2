package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.services.iam.Entity.Name;
import dev.cloudjar.services.iam.Entity.RoleFacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Service-linked roles: roles that belong to a service, which alone may assume and change them.
final class LinkedRoles implements Iam {
    private static final String PATH = "/aws-service-role/";
    private static final String SUFFIX = ".amazonaws.com";
    private static final int SESSION = 3600;

    /// What a service calls its role, and the policy that the role has; nothing where that is not known here.
    private record Linked(String name, Optional<String> policy) {}

    private final Kernel kernel;
    private final Directory directory;
    private final Policies policies;
    private final Views views;

    LinkedRoles(Kernel kernel, Directory directory, Policies policies, Views views) {
        this.kernel = kernel;
        this.directory = directory;
        this.policies = policies;
        this.views = views;
    }

    /// AWS documents a name for each service; for one that is not in the list, it follows from the service's.
    private static Linked linked(String service) {
        try (InputStream in = LinkedRoles.class.getResourceAsStream("linked-roles.txt")) {
            if (in == null) {
                throw new IllegalStateException("the service-linked roles are not on the class path");
            }
            var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            return reader.lines()
                    .map(line -> line.split(" "))
                    .filter(words -> words[0].equals(service))
                    .map(words ->
                            new Linked(words[1], Optional.of("arn:aws:iam::aws:policy/aws-service-role/" + words[2])))
                    .findFirst()
                    .orElseGet(() -> new Linked(camel(service), Optional.empty()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String camel(String service) {
        var name = new StringBuilder();
        for (String word :
                service.substring(0, service.length() - SUFFIX.length()).split("[.-]")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    @Override
    public CreateServiceLinkedRoleResponse createServiceLinkedRole(CreateServiceLinkedRoleRequest in) {
        String service = in.awsServiceName();
        if (!service.endsWith(SUFFIX) || service.length() <= SUFFIX.length()) {
            throw Refusals.invalid("Invalid Service Principal: " + service);
        }
        Linked linked = linked(service);
        String name = "AWSServiceRoleFor" + linked.name()
                + in.customSuffix().map(suffix -> '_' + suffix).orElse("");
        if (directory.find(Sort.ROLE, name).isPresent()) {
            throw Refusals.invalid(
                    "Service role name " + name + " has been taken in this account, please try a different suffix.");
        }
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\""
                + service + "\"},\"Action\":\"sts:AssumeRole\"}]}";
        var facts = new RoleFacts(trust, in.description(), SESSION, Optional.empty());
        Entity made = Roles.made(kernel, new Name(PATH + service + '/', name), facts);
        Entity holding = linked.policy()
                .filter(arn -> policies.find(arn).isPresent())
                .map(arn -> made.granted(grants -> grants.attach(arn)))
                .orElse(made);
        directory.create(Sort.ROLE, holding, Map.of());
        return new CreateServiceLinkedRoleResponse().role(views.role(holding).roleLastUsed(Optional.empty()));
    }

    /// The task's id names the role; it has ended once the call that started it has answered.
    @Override
    public DeleteServiceLinkedRoleResponse deleteServiceLinkedRole(DeleteServiceLinkedRoleRequest in) {
        Entity role = directory.get(Sort.ROLE, in.roleName());
        if (!role.name().path().startsWith(PATH)) {
            throw Refusals.invalid("The role " + in.roleName() + " is not a service-linked role.");
        }
        directory.remove(Sort.ROLE, role);
        String task = "task" + role.name().wire() + '/' + kernel.ids().uuid();
        return new DeleteServiceLinkedRoleResponse().deletionTaskId(task);
    }

    @Override
    public GetServiceLinkedRoleDeletionStatusResponse getServiceLinkedRoleDeletionStatus(
            GetServiceLinkedRoleDeletionStatusRequest in) {
        List<String> parts = List.of(in.deletionTaskId().split("/"));
        if (parts.size() != 5 || !in.deletionTaskId().startsWith("task" + PATH)) {
            throw Refusals.missing("Deletion Task " + in.deletionTaskId() + " cannot be found.");
        }
        return new GetServiceLinkedRoleDeletionStatusResponse().status("SUCCEEDED");
    }
}
