package dev.cloudjar.services.sts;

import dev.cloudjar.kernel.Access;
import dev.cloudjar.kernel.Arn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an identity provider says of somebody who asks for a role: who it is, under which name the session is
/// to run, and which tags it is to have.
///
/// @param operation the action that the trust policy must allow
/// @param provider the provider's ARN
/// @param keys condition keys, in lower case
record Vouched(
        String operation,
        String provider,
        String subject,
        String sessionName,
        Map<String, List<String>> keys,
        Map<String, String> tags,
        List<String> transitive,
        Optional<String> sourceIdentity) {
    static final String SOURCE_IDENTITY = "aws:sourceidentity";

    /// All that the trust policy of `role` must allow.
    List<Access> wants(Arn role) {
        var asked = new HashMap<>(keys);
        asked.put("sts:RoleSessionName", List.of(sessionName));
        sourceIdentity.ifPresent(source -> asked.put("sts:SourceIdentity", List.of(source)));
        if (!transitive.isEmpty()) {
            asked.put("sts:TransitiveTagKeys", transitive);
        }
        if (!tags.isEmpty()) {
            asked.put("aws:TagKeys", List.copyOf(tags.keySet()));
            tags.forEach((key, value) -> asked.put("aws:RequestTag/" + key, List.of(value)));
        }
        var actions = new ArrayList<>(List.of(operation));
        if (!tags.isEmpty()) {
            actions.add("sts:TagSession");
        }
        if (sourceIdentity.isPresent()) {
            actions.add("sts:SetSourceIdentity");
        }
        return actions.stream()
                .map(action -> new Access(action, role.toString(), asked))
                .toList();
    }

    /// What conditions can ask for as long as the session lasts.
    Map<String, String> facts() {
        var facts = new HashMap<String, String>();
        keys.forEach((key, values) -> {
            if (values.size() == 1) {
                facts.put(key, values.getFirst());
            }
        });
        facts.put("aws:federatedprovider", provider);
        sourceIdentity.ifPresent(source -> facts.put(SOURCE_IDENTITY, source));
        return facts;
    }
}
