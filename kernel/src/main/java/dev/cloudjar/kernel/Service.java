package dev.cloudjar.kernel;

import dev.cloudjar.model.Api;
import dev.cloudjar.model.OperationSchema;
import dev.cloudjar.model.Struct;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// One AWS service: the objects that implement its operations, and what the rest of the cloud may ask of it.
///
/// It holds tables and nothing else that changes. It is made when first called, so a service that nobody uses
/// costs nothing.
public interface Service {
    /// The objects whose classes override methods of the service's generated interface, one object a resource
    /// noun. No operation may be overridden twice.
    List<Api> parts();

    /// The resource in whose account and region `operation` runs, where the input names one; by default the
    /// caller's.
    default Optional<Arn> home(OperationSchema operation, Struct input) {
        return Optional.empty();
    }

    /// Refuses what AWS refuses of this service's input before it holds it to the model.
    default void refuseEarly(OperationSchema operation, Struct input) {}

    /// Adds to an answer what the service says in all of its answers, whatever the operation.
    default void complete(OperationSchema operation, Struct input, Struct output) {}

    /// What the service takes of its input, where it does not refuse in the wording of AWS's common framework:
    /// then these rules are checked instead of the model's constraints.
    default Optional<Rules> rules() {
        return Optional.empty();
    }

    /// What to do when a task set down in the [Agenda] falls due, by the task's name. It gets the task's subject,
    /// in the account and region in which the task was set down, in the transaction that takes it off the agenda.
    default Map<String, Consumer<String>> tasks() {
        return Map.of();
    }

    /// The same for work that takes its time, such as waiting for a process: it runs outside a transaction and
    /// opens short ones by [Kernel#transact]. It is done at least once, and of the same subject one after the
    /// other.
    default Map<String, Consumer<String>> longTasks() {
        return Map.of();
    }

    /// Takes what another service delivers to a resource of this one, in a transaction; where it takes its
    /// time, mark it [OutsideTransaction]. What it refuses with an [dev.cloudjar.model.AwsError] below 500 is
    /// not tried again.
    default void accept(Arn target, Payload payload) {
        throw new IllegalArgumentException("nothing can be delivered to " + target);
    }

    /// What `operation` wants, in the order in which it is judged. By default that is what AWS's service
    /// authorization reference says, about the resources that the input names; a service says only what differs.
    /// It is asked outside of a transaction, since most need none for it.
    default List<Access> wants(OperationSchema operation, Struct input, List<Access> reference) {
        return reference;
    }

    /// The policy that a resource has of its own, where it has one. Whatever else opens a resource to somebody,
    /// such as a grant or an access control list, is written as statements of this policy. It follows from the
    /// rows and from who calls where and at which address, and from nothing else.
    default Optional<ResourcePolicy> policy(Arn resource) {
        return Optional.empty();
    }

    /// The tags of a resource that is of none of the service's [kinds][#kinds()]: `aws:ResourceTag` in
    /// conditions.
    default Map<String, String> tagsOf(Arn resource) {
        return Map.of();
    }

    /// What it is to deliver to `target`, in IAM's words: `sqs:SendMessage`. The policy of the target is asked
    /// whether the sender may do it.
    default String deliveryAction(Arn target) {
        return target.service() + ":*";
    }

    /// The resources this service declares.
    default List<Kind<?>> kinds() {
        return List.of();
    }

    /// How rows that belong to its resources read to people who compare states.
    default List<Telling> tellings() {
        return List.of();
    }

    /// On an operation that waits or streams: it runs outside a transaction and opens short ones by
    /// [Kernel#transact].
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface OutsideTransaction {}

    /// The object that answers for `port`, one of those that the service's [Entry] says it offers.
    default <P> P port(Class<P> port) {
        return port.cast(this);
    }

    /// A line of the list of services: the id of the service's model, how to make the service, the ports that it
    /// offers to all others, and what its resources' ARNs call it.
    record Entry(String id, Function<Kernel, Service> make, Set<Class<?>> ports, String inArns) {
        public Entry {
            ports = Set.copyOf(ports);
        }

        /// A service whose ARNs have the name of its model.
        public Entry(String id, Function<Kernel, Service> make, Set<Class<?>> ports) {
            this(id, make, ports, id);
        }

        public Entry(String id, Function<Kernel, Service> make) {
            this(id, make, Set.of());
        }
    }
}
