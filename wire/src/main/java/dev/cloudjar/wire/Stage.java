package dev.cloudjar.wire;

import java.io.IOException;

/// One step of answering a request. It reads what earlier stages found and adds its own finding, or refuses by throwing
/// [dev.cloudjar.model.AwsError].
interface Stage {
    void run(Exchange exchange) throws IOException;
}
