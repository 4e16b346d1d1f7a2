"""The aws command's own code, which runs one command after another: a line of JSON with the words, a line with the outcome."""
import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver

answers = sys.stdout
aws = create_clidriver()
for line in sys.stdin:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = aws.main(json.loads(line))
        except SystemExit as ended:
            status = ended.code
    out.flush()
    said = out.buffer.getvalue().decode("utf-8")
    print(json.dumps({"status": status or 0, "out": said, "err": err.getvalue()}), file=answers, flush=True)
