package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.policy.Document;
import dev.cloudjar.kernel.policy.Grammar;
import dev.cloudjar.kernel.policy.Malformed;
import dev.cloudjar.model.Struct;
import java.util.List;
import java.util.Map;

/// Policies that stand in a user, group or role itself.
final class InlinePolicies implements Iam {
    private final Directory directory;
    private final Pages pages;

    InlinePolicies(Kernel kernel, Directory directory) {
        this.directory = directory;
        this.pages = new Pages(kernel);
    }

    /// The characters that count towards a limit: white space does not.
    static int size(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    static void check(String document) {
        parsed(document, Grammar.IDENTITY);
    }

    /// A document that a caller gave, who is told where it is malformed.
    static Document parsed(String document, Grammar grammar) {
        try {
            return Document.parse(document, grammar);
        } catch (Malformed malformed) {
            throw MALFORMED_POLICY_DOCUMENT_EXCEPTION.because(malformed.message());
        }
    }

    private void put(Sort sort, String name, String policy, String document) {
        Entity entity = directory.get(sort, name);
        if (sort == Sort.ROLE) {
            Roles.checkOwn(entity);
        }
        check(document);
        Map<String, String> all = entity.grants().inline(policy, document).inline();
        if (all.values().stream().mapToInt(InlinePolicies::size).sum() > sort.inlineLimit()) {
            throw LIMIT_EXCEEDED_EXCEPTION.because(
                    "Maximum policy size of " + sort.inlineLimit() + " bytes exceeded for " + sort.wire() + ' ' + name);
        }
        directory.change(sort, name, held -> held.granted(grants -> grants.inline(policy, document)));
    }

    private String get(Sort sort, String name, String policy) {
        String document = directory.get(sort, name).grants().inline().get(policy);
        if (document == null) {
            throw Refusals.missing("The " + sort.wire() + " policy with name " + policy + " cannot be found.");
        }
        return document;
    }

    private void delete(Sort sort, String name, String policy) {
        get(sort, name, policy);
        directory.change(sort, name, held -> held.granted(grants -> grants.without(policy)));
    }

    private List<String> list(Sort sort, String name, Struct in, Struct out) {
        return pages.of(
                in,
                out,
                directory.get(sort, name).grants().inline().keySet().stream()
                        .sorted()
                        .toList());
    }

    @Override
    public PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest in) {
        put(Sort.USER, in.userName(), in.policyName(), in.policyDocument());
        return new PutUserPolicyResponse();
    }

    @Override
    public PutGroupPolicyResponse putGroupPolicy(PutGroupPolicyRequest in) {
        put(Sort.GROUP, in.groupName(), in.policyName(), in.policyDocument());
        return new PutGroupPolicyResponse();
    }

    @Override
    public PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest in) {
        put(Sort.ROLE, in.roleName(), in.policyName(), in.policyDocument());
        return new PutRolePolicyResponse();
    }

    @Override
    public GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest in) {
        return new GetUserPolicyResponse()
                .userName(in.userName())
                .policyName(in.policyName())
                .policyDocument(Views.encoded(get(Sort.USER, in.userName(), in.policyName())));
    }

    @Override
    public GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest in) {
        return new GetGroupPolicyResponse()
                .groupName(in.groupName())
                .policyName(in.policyName())
                .policyDocument(Views.encoded(get(Sort.GROUP, in.groupName(), in.policyName())));
    }

    @Override
    public GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest in) {
        return new GetRolePolicyResponse()
                .roleName(in.roleName())
                .policyName(in.policyName())
                .policyDocument(Views.encoded(get(Sort.ROLE, in.roleName(), in.policyName())));
    }

    @Override
    public DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest in) {
        delete(Sort.USER, in.userName(), in.policyName());
        return new DeleteUserPolicyResponse();
    }

    @Override
    public DeleteGroupPolicyResponse deleteGroupPolicy(DeleteGroupPolicyRequest in) {
        delete(Sort.GROUP, in.groupName(), in.policyName());
        return new DeleteGroupPolicyResponse();
    }

    @Override
    public DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest in) {
        delete(Sort.ROLE, in.roleName(), in.policyName());
        return new DeleteRolePolicyResponse();
    }

    @Override
    public ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest in) {
        var out = new ListUserPoliciesResponse();
        return out.policyNames(list(Sort.USER, in.userName(), in, out));
    }

    @Override
    public ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest in) {
        var out = new ListGroupPoliciesResponse();
        return out.policyNames(list(Sort.GROUP, in.groupName(), in, out));
    }

    @Override
    public ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest in) {
        var out = new ListRolePoliciesResponse();
        return out.policyNames(list(Sort.ROLE, in.roleName(), in, out));
    }
}
