package dev.cloudjar.services.iam;

import dev.cloudjar.api.Iam;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.kernel.Shelf;
import dev.cloudjar.model.Struct;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tags of everything in IAM that can have some: the same three operations for each kind.
final class Tags implements Iam {
    /// The shelf on which something stands, and its id there. Case tells its tags' keys apart unless it is an
    /// `entity`, a user or role.
    private record Place(Shelf<?> shelf, String id, boolean entity) {
        Place(Shelf<?> shelf, String id) {
            this(shelf, id, false);
        }

        Map<String, String> tags() {
            return shelf.tags(id);
        }
    }

    private final Directory directory;
    private final Policies policies;
    private final Shelf<Profile> profiles;
    private final Documented documented;
    private final Pages pages;

    Tags(Kernel kernel, Directory directory, Policies policies, Documented documented) {
        this.directory = directory;
        this.policies = policies;
        this.profiles = kernel.shelf(Profile.KIND);
        this.documented = documented;
        this.pages = new Pages(kernel);
    }

    private Place user(String name) {
        return new Place(
                directory.tagged(Sort.USER), directory.get(Sort.USER, name).id(), true);
    }

    private Place role(String name) {
        return new Place(
                directory.tagged(Sort.ROLE), directory.get(Sort.ROLE, name).id(), true);
    }

    private Place policy(String arn) {
        return new Place(policies.shelf(), policies.get(arn).id());
    }

    private Place profile(String name) {
        return new Place(profiles, profiles.get(Entity.id(name)).id());
    }

    private Place device(String serial) {
        return new Place(documented.devices(), documented.devices().get(serial).id());
    }

    private Place provider(String arn) {
        return new Place(documented.providers(), documented.provider(arn).id());
    }

    private Place certificate(String name) {
        return new Place(documented.certificates(), documented.certificate(name).id());
    }

    /// A tag takes the place of the one that has its key, spelled anew.
    private void tag(Place place, List<Tag> tags) {
        Map<String, String> more = place.entity() ? Tagging.ofEntity(tags) : Tagging.read(tags);
        if (place.entity()) {
            place.shelf().untag(place.id(), Tagging.meant(place.tags().keySet(), more.keySet()));
        }
        Tagging.checkSum(place.tags(), more);
        place.shelf().tag(place.id(), more);
        directory.changed();
    }

    private void untag(Place place, List<String> keys) {
        Set<String> gone = place.entity() ? Tagging.meant(place.tags().keySet(), keys) : new HashSet<>(keys);
        place.shelf().untag(place.id(), gone);
        directory.changed();
    }

    private List<Tag> list(Place place, Struct in, Struct out) {
        return pages.of(in, out, Tagging.wire(place.tags()));
    }

    @Override
    public TagUserResponse tagUser(TagUserRequest in) {
        tag(user(in.userName()), in.tags());
        return new TagUserResponse();
    }

    @Override
    public UntagUserResponse untagUser(UntagUserRequest in) {
        untag(user(in.userName()), in.tagKeys());
        return new UntagUserResponse();
    }

    @Override
    public ListUserTagsResponse listUserTags(ListUserTagsRequest in) {
        var out = new ListUserTagsResponse();
        return out.tags(list(user(in.userName()), in, out));
    }

    @Override
    public TagRoleResponse tagRole(TagRoleRequest in) {
        tag(role(in.roleName()), in.tags());
        return new TagRoleResponse();
    }

    @Override
    public UntagRoleResponse untagRole(UntagRoleRequest in) {
        untag(role(in.roleName()), in.tagKeys());
        return new UntagRoleResponse();
    }

    @Override
    public ListRoleTagsResponse listRoleTags(ListRoleTagsRequest in) {
        var out = new ListRoleTagsResponse();
        return out.tags(list(role(in.roleName()), in, out));
    }

    @Override
    public TagPolicyResponse tagPolicy(TagPolicyRequest in) {
        policies.changeable(in.policyArn());
        tag(policy(in.policyArn()), in.tags());
        return new TagPolicyResponse();
    }

    @Override
    public UntagPolicyResponse untagPolicy(UntagPolicyRequest in) {
        policies.changeable(in.policyArn());
        untag(policy(in.policyArn()), in.tagKeys());
        return new UntagPolicyResponse();
    }

    @Override
    public ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest in) {
        var out = new ListPolicyTagsResponse();
        return out.tags(list(policy(in.policyArn()), in, out));
    }

    @Override
    public TagInstanceProfileResponse tagInstanceProfile(TagInstanceProfileRequest in) {
        tag(profile(in.instanceProfileName()), in.tags());
        return new TagInstanceProfileResponse();
    }

    @Override
    public UntagInstanceProfileResponse untagInstanceProfile(UntagInstanceProfileRequest in) {
        untag(profile(in.instanceProfileName()), in.tagKeys());
        return new UntagInstanceProfileResponse();
    }

    @Override
    public ListInstanceProfileTagsResponse listInstanceProfileTags(ListInstanceProfileTagsRequest in) {
        var out = new ListInstanceProfileTagsResponse();
        return out.tags(list(profile(in.instanceProfileName()), in, out));
    }

    @Override
    public TagMFADeviceResponse tagMfaDevice(TagMFADeviceRequest in) {
        tag(device(in.serialNumber()), in.tags());
        return new TagMFADeviceResponse();
    }

    @Override
    public UntagMFADeviceResponse untagMfaDevice(UntagMFADeviceRequest in) {
        untag(device(in.serialNumber()), in.tagKeys());
        return new UntagMFADeviceResponse();
    }

    @Override
    public ListMFADeviceTagsResponse listMfaDeviceTags(ListMFADeviceTagsRequest in) {
        var out = new ListMFADeviceTagsResponse();
        return out.tags(list(device(in.serialNumber()), in, out));
    }

    @Override
    public TagOpenIDConnectProviderResponse tagOpenIdConnectProvider(TagOpenIDConnectProviderRequest in) {
        tag(provider(in.openIdConnectProviderArn()), in.tags());
        return new TagOpenIDConnectProviderResponse();
    }

    @Override
    public UntagOpenIDConnectProviderResponse untagOpenIdConnectProvider(UntagOpenIDConnectProviderRequest in) {
        untag(provider(in.openIdConnectProviderArn()), in.tagKeys());
        return new UntagOpenIDConnectProviderResponse();
    }

    @Override
    public ListOpenIDConnectProviderTagsResponse listOpenIdConnectProviderTags(
            ListOpenIDConnectProviderTagsRequest in) {
        var out = new ListOpenIDConnectProviderTagsResponse();
        return out.tags(list(provider(in.openIdConnectProviderArn()), in, out));
    }

    @Override
    public TagSAMLProviderResponse tagSamlProvider(TagSAMLProviderRequest in) {
        tag(provider(in.samlProviderArn()), in.tags());
        return new TagSAMLProviderResponse();
    }

    @Override
    public UntagSAMLProviderResponse untagSamlProvider(UntagSAMLProviderRequest in) {
        untag(provider(in.samlProviderArn()), in.tagKeys());
        return new UntagSAMLProviderResponse();
    }

    @Override
    public ListSAMLProviderTagsResponse listSamlProviderTags(ListSAMLProviderTagsRequest in) {
        var out = new ListSAMLProviderTagsResponse();
        return out.tags(list(provider(in.samlProviderArn()), in, out));
    }

    @Override
    public TagServerCertificateResponse tagServerCertificate(TagServerCertificateRequest in) {
        tag(certificate(in.serverCertificateName()), in.tags());
        return new TagServerCertificateResponse();
    }

    @Override
    public UntagServerCertificateResponse untagServerCertificate(UntagServerCertificateRequest in) {
        untag(certificate(in.serverCertificateName()), in.tagKeys());
        return new UntagServerCertificateResponse();
    }

    @Override
    public ListServerCertificateTagsResponse listServerCertificateTags(ListServerCertificateTagsRequest in) {
        var out = new ListServerCertificateTagsResponse();
        return out.tags(list(certificate(in.serverCertificateName()), in, out));
    }
}
