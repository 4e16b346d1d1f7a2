package dev.cloudjar.kernel.policy;

/// The kinds of policy, which differ in what a statement must and must not have.
public enum Grammar {
    /// Of a user, group or role, managed or inline; a session policy; a boundary.
    IDENTITY,
    /// Of a resource.
    RESOURCE,
    /// Of a role: who may assume it.
    TRUST,
    /// Of an organization, about its principals.
    SERVICE_CONTROL,
    /// Of an organization, about its resources.
    RESOURCE_CONTROL;

    boolean hasPrincipals() {
        return this == RESOURCE || this == TRUST || this == RESOURCE_CONTROL;
    }

    boolean hasResources() {
        return this != TRUST;
    }
}
