"""The AWS cloud inside a Python test: ``cloudjar.start()`` begins one, empty, in a process that ends with this one."""

import atexit
import datetime
import json
import os
import subprocess
import threading
import urllib.error
import urllib.request

__all__ = ["Cloud", "start"]


class _Host:
    """The process that hosts the clouds: started for the first of them, and told a line at a time what to do."""

    def __init__(self):
        self._turn = threading.Lock()
        self._process = None

    def ask(self, *words):
        with self._turn:
            if self._process is None or self._process.poll() is not None:
                self._process = self._launch()
            self._process.stdin.write("\t".join(words) + "\n")
            self._process.stdin.flush()
            answer, _, rest = self._process.stdout.readline().rstrip("\n").partition("\t")
        if answer not in ("started", "stopped"):
            raise RuntimeError(rest or "the process that hosts Cloudjar has ended")
        return rest

    @staticmethod
    def _launch():
        command = [os.environ.get("CLOUDJAR", "cloudjar"), "host"]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(process.stdin.close)
        return process


_HOST = _Host()


class Cloud:
    """A cloud, seen from one of its accounts."""

    def __init__(self, port, account_id="000000000000", region="us-east-1"):
        self._port = port
        self.account_id = account_id
        self.region = region

    @property
    def endpoint(self):
        return f"http://localhost:{self._port}"

    def account(self, account_id, region=None):
        """Another account, or another region, of the same cloud."""
        return Cloud(self._port, account_id, region or self.region)

    def client(self, service, **more):
        """A boto3 client of this account."""
        return self._boto3("client", service, more)

    def resource(self, service, **more):
        """A boto3 resource of this account."""
        return self._boto3("resource", service, more)

    def _boto3(self, kind, service, more):
        import boto3

        settings = {
            "endpoint_url": self.endpoint,
            "region_name": self.region,
            "aws_access_key_id": self.account_id,
            "aws_secret_access_key": "secret",
        }
        if service == "s3":
            import botocore.config

            settings["config"] = botocore.config.Config(s3={"addressing_style": "path"})
        return getattr(boto3.session.Session(), kind)(service, **{**settings, **more})

    def environment(self):
        """What the AWS SDKs and the AWS CLI read from the environment."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": self.account_id,
            "AWS_SECRET_ACCESS_KEY": "secret",
        }

    def now(self):
        """What time it is in the cloud."""
        return datetime.datetime.fromisoformat(self._ask("clock")["now"][:19] + "+00:00")

    def advance(self, duration):
        """Moves the clock by a timedelta: what is due on the way has happened when this returns."""
        self._ask("clock", {"advance": f"PT{duration.total_seconds():f}S"})

    def move_to(self, then):
        """Moves the clock to an aware datetime."""
        utc = then.astimezone(datetime.timezone.utc)
        self._ask("clock", {"set": utc.isoformat(timespec="microseconds").replace("+00:00", "Z")})

    def freeze(self):
        """Stops the clock until it is moved."""
        self._ask("clock", {"freeze": True})

    def reset(self):
        """Empties the cloud."""
        self._ask("reset", {})

    def calls(self):
        """The latest calls, each a dict with service, operation, account, region, caller, error, at and requestId."""
        return self._ask("calls")["calls"]

    def _ask(self, what, order=None):
        body = None if order is None else json.dumps(order).encode()
        try:
            with urllib.request.urlopen(f"{self.endpoint}/_cloudjar/{what}", body) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise ValueError(json.load(refused)["message"]) from None

    def close(self):
        """Ends the cloud. Nothing is left of it."""
        _HOST.ask("stop", str(self._port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def start(*options):
    """Starts a cloud; the options are those of ``cloudjar start``, such as ``--seed=7``."""
    port = int(_HOST.ask("start", *options))
    given = dict(option.split("=", 1) for option in options if "=" in option)
    return Cloud(port, given.get("--account", "000000000000"), given.get("--region", "us-east-1"))
