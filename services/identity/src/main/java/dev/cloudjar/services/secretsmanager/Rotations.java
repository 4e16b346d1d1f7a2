package dev.cloudjar.services.secretsmanager;

import dev.cloudjar.api.SecretsManager;
import dev.cloudjar.kernel.Arn;
import dev.cloudjar.kernel.Invoker;
import dev.cloudjar.kernel.Json;
import dev.cloudjar.kernel.Kernel;
import dev.cloudjar.model.Api;
import dev.cloudjar.services.secretsmanager.Secret.Rotation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rotation: a function makes a new version in four steps, at once or when the schedule says so.
final class Rotations implements SecretsManager {
    static final String ROTATE = "rotate";
    static final String STEP = "step";

    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");
    private static final int TEST = STEPS.indexOf("testSecret");

    private final Kernel kernel;
    private final Secrets secrets;

    Rotations(Kernel kernel, Secrets secrets) {
        this.kernel = kernel;
        this.secrets = secrets;
    }

    private Invoker invoker() {
        return kernel.port(Invoker.class)
                .orElseThrow(() ->
                        Api.notImplemented(SCHEMA.operation("RotateSecret").orElseThrow()));
    }

    @Override
    public RotateSecretResponse rotateSecret(RotateSecretRequest in) {
        Secret secret = secrets.primary(in.secretId());
        Rotation before = secret.rotation();
        String function = in.rotationLambdaArn().orElse(before.function());
        if (function.isEmpty()) {
            throw INVALID_REQUEST_EXCEPTION.because("No Lambda rotation function ARN is associated with this secret.");
        }
        if (Arn.parse(function).filter(arn -> arn.service().equals("lambda")).isEmpty()) {
            throw INVALID_PARAMETER_EXCEPTION.because("RotationLambdaARN %s is not the ARN of a function.", function);
        }
        if (before.isRunning()) {
            throw INVALID_REQUEST_EXCEPTION.because(
                    "A previous rotation isn't complete. That rotation will be reattempted.");
        }
        Schedule schedule = in.rotationRules().map(Schedule::of).orElse(new Schedule(before.rules()));
        Optional<Instant> next = schedule.after(secrets.now());
        var rotation = new Rotation(true, function, schedule.rules(), next, "", 0);
        Secret changed = secrets.put(secret.rotating(rotation).changed(secrets.now()));
        invoker();
        schedule(changed);
        String token = Secrets.token(in.clientRequestToken());
        if (in.rotateImmediately().orElse(true)) {
            begin(changed, token, 0);
        } else {
            begin(changed, token, TEST);
        }
        return new RotateSecretResponse()
                .arn(secrets.arn(secret))
                .name(secret.name())
                .versionId(token);
    }

    private void schedule(Secret secret) {
        secret.rotation().next().ifPresent(at -> kernel.agenda().at(at, SecretsManagerService.ID, ROTATE, secret.id()));
    }

    /// What the agenda has done when a window opens: nothing where the schedule was changed since.
    void rotateWhenDue(String id) {
        Instant now = secrets.now();
        secrets.shelf()
                .find(id)
                .filter(secret ->
                        secret.deletion().isEmpty() && secret.rotation().enabled())
                .filter(secret ->
                        secret.rotation().next().filter(at -> !at.isAfter(now)).isPresent())
                .ifPresent(secret -> {
                    Rotation rotation = secret.rotation();
                    Secret moved =
                            secrets.put(secret.rotating(rotation.due(new Schedule(rotation.rules()).after(now))));
                    schedule(moved);
                    if (!rotation.isRunning()) {
                        begin(moved, kernel.ids().uuid(), 0);
                    }
                });
    }

    private void begin(Secret secret, String token, int step) {
        if (step == 0) {
            secrets.add(secret, token, List.of(Version.PENDING), Version.Sealed.NOTHING);
        }
        secrets.put(secret.rotating(secret.rotation().at(token, step)));
        invoke(secret, token, step);
    }

    private void invoke(Secret secret, String token, int step) {
        String payload = Json.write(
                Map.of("Step", STEPS.get(step), "SecretId", secrets.arn(secret), "ClientRequestToken", token));
        Arn function = Arn.parse(secret.rotation().function()).orElseThrow();
        String subject = secret.id() + '/' + token + '/' + step;
        invoker().start(function, payload, new Invoker.Reply(SecretsManagerService.ID, STEP, subject));
    }

    /// What comes after a step: the next one, or the end of the rotation.
    void answered(String reply) {
        int line = reply.indexOf('\n');
        boolean failed = line >= 0 && line + 1 < reply.length();
        String subject = line < 0 ? reply : reply.substring(0, line);
        int last = subject.lastIndexOf('/');
        int middle = subject.lastIndexOf('/', last - 1);
        String token = subject.substring(middle + 1, last);
        int step = Integer.parseInt(subject.substring(last + 1));
        secrets.shelf()
                .find(subject.substring(0, middle))
                .filter(secret -> secret.rotation().token().equals(token))
                .ifPresent(secret -> goOn(secret, token, step, failed));
    }

    private void goOn(Secret secret, String token, int step, boolean failed) {
        boolean wholeRotation = secrets.version(secret, token).isPresent();
        if (failed || !wholeRotation) {
            secrets.put(secret.rotating(secret.rotation().at("", 0)));
        } else if (step + 1 < STEPS.size()) {
            secrets.put(secret.rotating(secret.rotation().at(token, step + 1)));
            invoke(secret, token, step + 1);
        } else {
            secrets.version(secret, token)
                    .filter(version -> version.bears(Version.PENDING))
                    .filter(version -> version.bears(Version.CURRENT))
                    .ifPresent(version -> secrets.take(secret, Version.PENDING, ""));
            secrets.put(secret.rotated(secrets.now()).rotating(secret.rotation().at("", 0)));
        }
    }

    @Override
    public CancelRotateSecretResponse cancelRotateSecret(CancelRotateSecretRequest in) {
        Secret secret = secrets.primary(in.secretId());
        Rotation before = secret.rotation();
        var rotation = new Rotation(false, before.function(), before.rules(), Optional.empty(), "", 0);
        secrets.put(secret.rotating(rotation).changed(secrets.now()));
        var told = new CancelRotateSecretResponse().arn(secrets.arn(secret)).name(secret.name());
        return before.isRunning() ? told.versionId(before.token()) : told;
    }
}
