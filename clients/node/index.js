// The AWS cloud inside a test on Node: start() begins one, empty, in a process that ends with this one.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The process that hosts the clouds: started for the first of them, and told a line at a time what to do. */
class Host {
  #process;
  #answers = [];

  ask(...words) {
    this.#process ??= this.#launch();
    return new Promise((resolve, reject) => {
      this.#keepNode(true);
      this.#answers.push({ resolve, reject });
      this.#process.stdin.write(words.join("\t") + "\n");
    });
  }

  #launch() {
    const child = spawn(process.env.CLOUDJAR ?? "cloudjar", ["host"], { stdio: ["pipe", "pipe", "inherit"] });
    const fail = (error) => {
      this.#process = undefined;
      this.#answers.splice(0).forEach((waiting) => waiting.reject(error));
    };
    child.on("error", fail);
    child.on("exit", () => fail(new Error("the process that hosts Cloudjar has ended")));
    child.stdin.on("error", fail);
    createInterface({ input: child.stdout }).on("line", (line) => this.#hear(line));
    return child;
  }

  #hear(line) {
    const [answer, rest] = line.split("\t");
    const { resolve, reject } = this.#answers.shift();
    if (answer === "refused") {
      reject(new Error(rest));
    } else {
      resolve(rest);
    }
    this.#keepNode(this.#answers.length > 0);
  }

  /** Node waits for answers only: a test that forgets a cloud ends all the same, and the host with its input. */
  #keepNode(waits) {
    const act = waits ? "ref" : "unref";
    [this.#process, this.#process.stdin, this.#process.stdout].forEach((handle) => handle[act]());
  }
}

const host = new Host();

/** A cloud, seen from one of its accounts. */
export class Cloud {
  #port;

  constructor(port, accountId = "000000000000", region = "us-east-1") {
    this.#port = port;
    this.accountId = accountId;
    this.region = region;
  }

  get endpoint() {
    return `http://localhost:${this.#port}`;
  }

  /** Another account, or another region, of the same cloud. */
  account(accountId, region = this.region) {
    return new Cloud(this.#port, accountId, region);
  }

  /** The configuration of a client of the AWS SDK for JavaScript: `new SQSClient(cloud.config())`. */
  config() {
    return {
      endpoint: this.endpoint,
      region: this.region,
      credentials: { accessKeyId: this.accountId, secretAccessKey: "secret" },
      forcePathStyle: true,
    };
  }

  /** What the AWS SDKs and the AWS CLI read from the environment. */
  environment() {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_ACCESS_KEY_ID: this.accountId,
      AWS_SECRET_ACCESS_KEY: "secret",
    };
  }

  /** What time it is in the cloud. */
  async now() {
    return new Date((await this.#ask("clock")).now);
  }

  /** Moves the clock by `milliseconds`: what is due on the way has happened when the promise is kept. */
  async advance(milliseconds) {
    await this.#ask("clock", { advance: `PT${(milliseconds / 1000).toFixed(3)}S` });
  }

  /** Moves the clock to a Date. */
  async moveTo(then) {
    await this.#ask("clock", { set: then.toISOString() });
  }

  /** Stops the clock until it is moved. */
  async freeze() {
    await this.#ask("clock", { freeze: true });
  }

  /** Empties the cloud. */
  async reset() {
    await this.#ask("reset", {});
  }

  /** The latest calls: service, operation, account, region, caller, error, at and requestId of each. */
  async calls() {
    return (await this.#ask("calls")).calls;
  }

  async #ask(what, order) {
    const request = order && { method: "POST", body: JSON.stringify(order) };
    const answer = await fetch(`${this.endpoint}/_cloudjar/${what}`, request);
    const body = await answer.json();
    if (!answer.ok) {
      throw new RangeError(body.message);
    }
    return body;
  }

  /** Ends the cloud. Nothing is left of it. */
  async close() {
    await host.ask("stop", this.#port);
  }

  async [Symbol.asyncDispose ?? Symbol.for("Symbol.asyncDispose")]() {
    await this.close();
  }
}

/** Starts a cloud; the options are those of `cloudjar start`, such as `--seed=7`. */
export async function start(...options) {
  const port = await host.ask("start", ...options);
  const given = Object.fromEntries(options.map((option) => option.split("=")));
  return new Cloud(port, given["--account"], given["--region"]);
}
