package dev.cloudjar.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is to go wrong in a cloud: errors, throttling, delays and connections that are reset, for the calls that
/// one names. A call that is hit changes nothing.
public final class Faults {
    private final Admin admin;

    Faults(Admin admin) {
        this.admin = admin;
    }

    /// Faults for every call of an operation: `on("sqs", "SendMessage")`. Both are names or patterns with `*` and
    /// `?`.
    public Rule on(String service, String operation) {
        return new Rule(admin, Map.of("service", service, "operation", operation));
    }

    /// The faults that are in force.
    public List<Fault> all() {
        return admin.faults();
    }

    /// Lets everything go well again.
    public void clear() {
        admin.clearFaults();
    }

    /// Which calls are hit, and how many of them; what happens to them comes last.
    public static final class Rule {
        private final Admin admin;
        private final Map<String, String> asked;

        private Rule(Admin admin, Map<String, String> asked) {
            this.admin = admin;
            this.asked = Map.copyOf(asked);
        }

        private Rule with(String name, Object value) {
            var more = new LinkedHashMap<>(asked);
            more.put(name, value.toString());
            return new Rule(admin, more);
        }

        /// Only calls about the resource with this ARN, or one that matches the pattern.
        public Rule resource(String arn) {
            return with("resource", arn);
        }

        /// Only calls in one account.
        public Rule account(String id) {
            return with("account", id);
        }

        /// Only calls in one region.
        public Rule region(String name) {
            return with("region", name);
        }

        /// Only so many of them, from just above 0 to 1; the seed says which.
        public Rule chance(double part, long seed) {
            return with("chance", part).with("seed", seed);
        }

        /// Only the next so many.
        public Rule times(int most) {
            return with("times", most);
        }

        /// They are refused with an error of this code, the operation's own or any other.
        public Fault refuse(String code) {
            return with("error", code).start();
        }

        /// They are told, in the service's own words, that there were too many.
        public Fault throttle() {
            return with("effect", "throttle").start();
        }

        /// Their answers come later by the cloud's clock.
        public Fault delay(Duration by) {
            return with("effect", "slow").with("delay", by).start();
        }

        /// Their connections are reset.
        public Fault reset() {
            return with("effect", "reset").start();
        }

        private Fault start() {
            return admin.addFault(asked);
        }
    }
}
