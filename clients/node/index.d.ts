/** A call that reached an operation; `error` is empty where it succeeded. */
export interface ApiCall {
  requestId: string;
  at: string;
  service: string;
  operation: string;
  account: string;
  region: string;
  caller: string;
  error: string;
}

/** A cloud, seen from one of its accounts. */
export class Cloud {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  account(accountId: string, region?: string): Cloud;
  config(): {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    forcePathStyle: boolean;
  };
  environment(): Record<string, string>;
  now(): Promise<Date>;
  advance(milliseconds: number): Promise<void>;
  moveTo(then: Date): Promise<void>;
  freeze(): Promise<void>;
  reset(): Promise<void>;
  calls(): Promise<ApiCall[]>;
  close(): Promise<void>;
}

/** Starts a cloud; the options are those of `cloudjar start`, such as `--seed=7`. */
export function start(...options: string[]): Promise<Cloud>;
